import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';

/**
 * The output format of an agent's schema, for `output_config.format`. Costs a millisecond: make it once per agent.
 * @throws Error for a schema that Claude cannot be held to: records and recursion.
 */
export function outputFormatOf(agent: string, schema: z.ZodType): Anthropic.JSONOutputFormat {
  const problem = problemOf(z.toJSONSchema(schema, { reused: 'ref' }), '');
  if (problem !== undefined) throw new Error(`Cannot use the output schema of "${agent}": ${problem}`);
  const { type, schema: json } = zodOutputFormat(schema);
  return { type, schema: json };
}

/** Both would be accepted here and fail later: a record silently turns into an empty object, recursion is refused. */
function problemOf(node: unknown, path: string): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const schema = node as Record<string, unknown>;
  const place = path === '' ? 'the top level' : `"${path}"`;
  if ('propertyNames' in schema) return `${place} is a record; use a list of { key, value } objects`;
  if (schema['$ref'] === '#') return `${place} is recursive; use a list with parent ids`;
  for (const [name, child] of Object.entries(schema)) {
    const problem = problemOf(child, path === '' ? name : `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

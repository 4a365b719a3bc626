import type { JsonSchema } from './wire';

const KNOWN = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'enum',
  'const',
  'format',
  'description',
  'title',
  'default',
  'anyOf',
  'allOf',
  '$ref',
  '$defs',
  'definitions',
  'pattern',
  '$schema',
]);
const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];
const MAX_OPTIONAL = 24;
const MAX_UNIONS = 16;

/** Why Claude would not compile this schema for a structured output, or undefined. */
export function schemaProblem(root: JsonSchema): string | undefined {
  const counts = { optional: 0, unions: 0 };
  const found = visit(root, { root, open: [], counts });
  if (found !== undefined) return `output_config.format.schema: ${found}`;
  if (counts.optional > MAX_OPTIONAL)
    return `output_config.format.schema: Too many optional parameters: ${counts.optional}, the limit is ${MAX_OPTIONAL}`;
  if (counts.unions > MAX_UNIONS)
    return `output_config.format.schema: Too many parameters with union types: ${counts.unions}, the limit is ${MAX_UNIONS}`;
  return undefined;
}

interface Visit {
  readonly root: JsonSchema;
  /** References being followed: meeting one again is recursion. */
  readonly open: readonly string[];
  readonly counts: { optional: number; unions: number };
}

/** The schema a local reference points at, or undefined. */
export function resolveReference(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at as JsonSchema;
}

function visit(schema: JsonSchema, context: Visit): string | undefined {
  if (typeof schema !== 'object' || schema === null) return 'each schema must be an object';
  if (schema.$ref !== undefined) {
    if (context.open.includes(schema.$ref)) return `Circular reference detected in schema definitions: ${schema.$ref}`;
    const target = resolveReference(context.root, schema.$ref);
    if (target === undefined) return `'${schema.$ref}' could not be resolved; only references inside the schema are supported`;
    const open = [...context.open, schema.$ref];
    return schema.$ref === '#' ? 'Circular reference detected in schema definitions: #' : visit(target, { ...context, open });
  }
  const types = schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
  const unknownType = types.find((type) => !TYPES.includes(type));
  if (unknownType !== undefined) return `'${unknownType}' is not a valid type`;
  const keyword = Object.keys(schema).find((key) => !KNOWN.has(key));
  if (keyword !== undefined) return `For '${types[0] ?? 'any'}' type, property '${keyword}' is not supported`;
  if (schema.minItems !== undefined && schema.minItems > 1)
    return `For 'array' type, 'minItems' values other than 0 or 1 are not supported`;
  if (schema.format !== undefined && !FORMATS.includes(schema.format)) return `'${schema.format}' is not a supported format`;
  if (types.length > 1 || schema.anyOf) context.counts.unions += 1;
  return childProblem(schema, types, context);
}

function childProblem(schema: JsonSchema, types: readonly string[], context: Visit): string | undefined {
  if (types.includes('object') && schema.additionalProperties !== false) {
    return `For 'object' type, 'additionalProperties' must be explicitly set to false`;
  }
  const properties = Object.entries(schema.properties ?? {});
  context.counts.optional += properties.filter(([name]) => !(schema.required ?? []).includes(name)).length;
  const children = [
    ...properties.map(([, child]) => child),
    ...(schema.anyOf ?? []),
    ...(schema.allOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  for (const child of children) {
    const problem = visit(child, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

import { z } from 'zod';

import { traceFigures, type FigureSource, sourcesIn } from '../../../common/figures';
import type { Finding } from '../../../common/finding';
import { defineTool } from '../define-tool';
import { finding, placedText } from '../finding-schema';
import { limitFindings } from './text-limits';
import { residueOf } from './residue';

const fact = z.strictObject({
  field: z.string().min(1).max(200),
  value: z.union([z.string().max(100_000), z.number(), z.boolean(), z.array(z.string().max(10_000)).max(1_000)]),
  kind: z.enum(['money', 'percent', 'number']).optional(),
});

/** Every figure and every attribute of a text must come from the facts; nothing empty, nothing of prompt or schema, no limit broken. */
export const claimCheck = defineTool({
  name: 'claimCheck',
  description:
    'Checks texts on a property or a product against its facts: figures and attributes that no fact supports, lengths, empty phrases, placeholders, ' +
    'and parts of prompts or schemas. Returns what it traced, each with the field it comes from, and what it objects to.',
  input: z.strictObject({
    texts: z
      .array(placedText.extend({ maxCharacters: z.number().int().min(1).optional(), minCharacters: z.number().int().min(0).optional() }))
      .max(200)
      .describe('At most 200 items'),
    facts: z.array(fact).max(1_000).describe('At most 1000 items'),
    names: z.array(z.string().max(500)).max(200).optional().describe('Names that are no claims although they hold digits or materials'),
  }),
  output: z.object({
    traced: z.array(z.object({ place: z.string(), claim: z.string(), field: z.string().describe('The fact that supports it') })),
    findings: z.array(finding),
  }),
  maxOutputBytes: 512 * 1_024,
  run: ({ texts, facts, names = [] }) => {
    const sources = facts.flatMap(({ field, value, kind }): FigureSource[] =>
      typeof value === 'number'
        ? (kind === undefined ? (['money', 'percent', 'number'] as const) : [kind]).map((each) => ({ kind: each, value, source: field }))
        : typeof value === 'boolean'
          ? []
          : sourcesIn([value].flat().join('\n'), field),
    );
    const known = new Set(names);
    const results = texts.map((text) => {
      const { traced, untraced } = traceFigures(text.text, sources, names);
      const figures = untraced.map((phrase): Finding => ({
        check: 'figure',
        phrase,
        rule: 'No fact has this figure',
        place: text.place,
        at: Math.max(0, text.text.indexOf(phrase)),
      }));
      const residue = residueOf(text, known).map(({ check, rule, at, end }) => ({
        check,
        phrase: text.text.slice(at, end),
        rule,
        place: text.place,
        at,
      }));
      return {
        traced: traced.map(({ figure, source }) => ({ place: text.place, claim: figure, field: source })),
        findings: [...figures, ...residue, ...limitFindings(text)],
      };
    });
    return { traced: results.flatMap(({ traced }) => traced), findings: results.flatMap(({ findings }) => findings) };
  },
});

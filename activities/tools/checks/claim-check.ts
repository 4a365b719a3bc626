import { z } from 'zod';

import type { Finding } from '../../../common/finding';
import { defineTool } from '../define-tool';
import { finding, placedText } from '../finding-schema';
import { checkAttributes } from './attribute-check';
import { indexFacts, type FactIndex } from './facts';
import { checkFigures } from './figure-check';
import { claimVocabulary } from './claims';
import { foldText } from './fold-text';
import { namesIn } from './ranges';
import { residueOf } from './residue';
import { limitFindings, type LimitedText } from './text-limits';

const fact = z.strictObject({
  field: z.string().min(1).max(200),
  value: z.union([z.string().max(100_000), z.number(), z.boolean(), z.array(z.string().max(10_000)).max(1_000)]),
  kind: z.enum(['money', 'percent', 'number']).optional(),
  currency: z.string().min(1).max(10).optional().describe('Of an amount, like USD; any when it is left out'),
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
    const index = indexFacts(facts);
    const known = new Set([...names, ...index.names]);
    const results = texts.map((text) => checkText(text, index, known));
    return { traced: results.flatMap(({ traced }) => traced), findings: results.flatMap(({ findings }) => findings) };
  },
});

/** More would tell nobody more, and a text of nothing else must not outgrow the result. */
const MOST = 200;
const NO_ATTRIBUTE = 'No fact says this';

interface CheckedText {
  readonly traced: ReadonlyArray<{ readonly place: string; readonly claim: string; readonly field: string }>;
  readonly findings: readonly Finding[];
}

function checkText(text: LimitedText, facts: FactIndex, names: ReadonlySet<string>): CheckedText {
  const { place } = text;
  const folded = foldText(text.text, claimVocabulary);
  const known = namesIn(folded, [...names]);
  const claims = [
    ...checkFigures(text.text, facts, known).map((figure) => ({ check: 'figure', ...figure })),
    ...checkAttributes(text.text, facts, { text: folded, names: known }).map((attribute) => ({
      check: 'attribute',
      rule: NO_ATTRIBUTE,
      ...attribute,
    })),
  ];
  const phraseOf = ({ at, end }: { at: number; end: number }) => text.text.slice(at, end);
  const objections = [...claims.filter(({ field }) => field === undefined), ...residueOf(text, names, folded)];
  return {
    traced: claims
      .flatMap((claim) => (claim.field === undefined ? [] : [{ place, claim: phraseOf(claim), field: claim.field }]))
      .slice(0, MOST),
    findings: [
      ...objections.slice(0, MOST).map(({ check, rule, at, end }) => ({ check, phrase: phraseOf({ at, end }), rule, place, at })),
      ...limitFindings(text),
    ],
  };
}

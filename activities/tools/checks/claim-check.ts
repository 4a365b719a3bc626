import { z } from 'zod';

import type { Finding } from '../../../common/finding';
import { defineTool } from '../define-tool';
import { finding, placedText } from '../finding-schema';
import { checkAttributes } from './attribute-check';
import { indexFacts, type FactIndex } from './facts';
import { checkFigures } from './figure-check';
import { claimLists } from './claims';
import { restOf, shortPhrase, withinBudget, bytesOf } from './finding-budget';
import { foldText, type FoldedText } from './fold-text';
import { mapInTurns } from './in-turns';
import { nameFinder, type Ranges } from './ranges';
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
    leftOut: z.number().int().min(0).describe('Findings without room; every text that has some of them has one that says so'),
  }),
  maxOutputBytes: 512 * 1_024,
  run: async ({ texts, facts, names = [] }) => {
    const index = await indexFacts(facts);
    const known = { names: new Set([...names, ...index.names]), inText: nameFinder([...new Set([...names, ...index.names])]) };
    const results = await mapInTurns(texts, (text) => checkText(text, index, known), 1);
    return {
      traced: firstOf(results.flatMap(({ traced }) => traced)),
      ...withinBudget(
        results.map(({ findings }, i) => ({ findings, rest: (left) => restOf('more', texts[i]?.place ?? '', left.length) })),
        { perText: MOST, bytes: FINDINGS_BYTES },
      ),
    };
  },
});

/** More would tell nobody more, and a text of nothing else must not outgrow the result. */
const MOST = 200;
/** Together less than the tool may return. */
const FINDINGS_BYTES = 300 * 1_024;
const TRACED_BYTES = 180 * 1_024;
const NO_ATTRIBUTE = 'No fact says this';

interface KnownNames {
  readonly names: ReadonlySet<string>;
  readonly inText: (text: FoldedText) => Ranges;
}

interface CheckedText {
  readonly traced: Array<{ readonly place: string; readonly claim: string; readonly field: string }>;
  readonly findings: readonly Finding[];
}

async function checkText(text: LimitedText, facts: FactIndex, { names, inText }: KnownNames): Promise<CheckedText> {
  const { place } = text;
  const folded = foldText(text.text, claimLists().vocabulary);
  const known = inText(folded);
  const claims = [
    ...(await checkFigures(text.text, facts, known)).map((figure) => ({ check: 'figure', ...figure })),
    ...(await checkAttributes(text.text, facts, { text: folded, names: known })).map((attribute) => ({
      check: 'attribute',
      rule: NO_ATTRIBUTE,
      ...attribute,
    })),
  ];
  const phraseOf = ({ at, end }: { at: number; end: number }) => shortPhrase(text.text.slice(at, end));
  const objections = [...claims.filter(({ field }) => field === undefined), ...residueOf(text, names, folded)];
  return {
    traced: claims
      .flatMap((claim) => (claim.field === undefined ? [] : [{ place, claim: phraseOf(claim), field: claim.field }]))
      .slice(0, MOST),
    findings: [
      ...limitFindings(text),
      ...objections.map(({ check, rule, at, end }) => ({ check, phrase: phraseOf({ at, end }), rule, place, at })),
    ],
  };
}

/** Claims that there is room for: nobody needs more to see that a text has its sources. */
function firstOf(traced: CheckedText['traced']): CheckedText['traced'] {
  let left = TRACED_BYTES;
  const end = traced.findIndex((one) => (left -= bytesOf(one)) < 0);
  return end < 0 ? traced : traced.slice(0, end);
}

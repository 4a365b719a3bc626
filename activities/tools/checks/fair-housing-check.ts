import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { PlacedText } from '../../../common/finding';
import { defineTool } from '../define-tool';
import { finding, placedText } from '../finding-schema';
import { restOf, shortPhrase, withinBudget, type FoundInText } from './finding-budget';
import { foldText, type FoldedText } from './fold-text';
import { inOwnTurn, mapInTurns } from './in-turns';
import { criteriaEntries } from './lists/fair-housing-criteria';
import { householdEntries } from './lists/fair-housing-households';
import { originEntries } from './lists/fair-housing-people';
import { placeEntries } from './lists/fair-housing-places';
import { fairHousingRules, type FairHousingEntry } from './lists/fair-housing-rules';
import { matchesIn, phraseIndex, vocabularyOf, type Span } from './phrase-pattern';

/** The day the lists were last reviewed. */
const REVIEWED = '2026-11-21';

const entries: readonly FairHousingEntry[] = [...originEntries, ...householdEntries, ...criteriaEntries, ...placeEntries];
const index = phraseIndex(entries.flatMap((entry) => entry.patterns.map((pattern) => [pattern, entry] as const)));
const exceptions = phraseIndex(entries.flatMap((entry) => (entry.except ?? []).map((exception) => [exception, entry] as const)));
const vocabulary = vocabularyOf(entries.flatMap(({ patterns }) => patterns));

/** Changes with every change of a list: the day of the review and a hash of the content. */
const FAIR_HOUSING_LIST_VERSION = `${REVIEWED}-${createHash('sha256')
  .update(JSON.stringify([fairHousingRules, entries]))
  .digest('hex')
  .slice(0, 12)}`;

interface Hit extends Span {
  readonly entry: FairHousingEntry;
}

const housingFinding = finding.extend({ severity: z.enum(['prohibited', 'risky']), instead: z.string().optional() });
type HousingFinding = z.infer<typeof housingFinding>;

/** Phrases that the Fair Housing Act forbids in advertisements for housing, and those that a person should look at. */
export const fairHousingCheck = defineTool({
  name: 'fairHousingCheck',
  description:
    'Looks for phrases in texts about housing that the Fair Housing Act and common state laws forbid or that are risky. Give all texts of an ' +
    'advertisement. Returns each phrase with its place, the rule with its source, a severity and better wording. No finding does not prove compliance.',
  input: z.strictObject({ texts: z.array(placedText).max(200).describe('At most 200 items') }),
  output: z.object({
    listVersion: z.string().describe('Day of the last review of the lists and a hash of their content'),
    findings: z.array(housingFinding),
    leftOut: z.number().int().min(0).describe('Findings without room; every text that has some of them has one that says so'),
  }),
  maxOutputBytes: 512 * 1_024,
  run: async ({ texts }) => ({
    listVersion: FAIR_HOUSING_LIST_VERSION,
    ...withinBudget(await mapInTurns(texts, foundIn, 1), { perText: MOST_FINDINGS, bytes: FINDINGS_BYTES }),
  }),
});

/** More would tell nobody more, and a text of nothing else must not outgrow the result. */
const MOST_FINDINGS = 100;
/** Less than the tool may return, and room for one finding of each text. */
const FINDINGS_BYTES = 400 * 1_024;

async function foundIn({ place, text }: PlacedText): Promise<FoundInText<HousingFinding>> {
  const folded = foldText(text, vocabulary);
  const hits = await inOwnTurn(() => hitsOf(folded));
  const findings = hits.map(({ entry, at, end }): HousingFinding => ({
    check: 'fairHousing',
    phrase: shortPhrase(text.slice(at, end)),
    rule: fairHousingRules[entry.rule],
    place,
    at,
    severity: entry.severity,
    ...(entry.instead === undefined ? {} : { instead: entry.instead }),
  }));
  const isGrave = ({ severity }: HousingFinding) => severity === 'prohibited';
  return {
    findings: [...findings.filter(isGrave), ...findings.filter((found) => !isGrave(found))],
    rest: (leftOut) => ({
      ...restOf('fairHousing', place, leftOut.length),
      severity: leftOut.some(isGrave) ? 'prohibited' : 'risky',
    }),
  };
}

/** One hit for each place: of those that overlap, a prohibited one before a risky one, then the longer. */
function hitsOf(text: FoldedText): Hit[] {
  const fine = exceptionsByWord(text);
  const all = matchesIn(index, text)
    .filter(({ span, item }) => !anyWord(span, (word) => fine.get(word)?.has(item) ?? false))
    .map(({ span, item }): Hit => ({ ...span, entry: item }));
  const rank = ({ entry, first, last }: Hit) => (entry.severity === 'prohibited' ? 1_000 : 0) + (last - first);
  const taken = new Set<number>();
  const kept = all
    .sort((a, b) => rank(b) - rank(a))
    .filter(({ first, last }) => {
      for (let word = first; word <= last; word += 1) if (taken.has(word)) return false;
      for (let word = first; word <= last; word += 1) taken.add(word);
      return true;
    });
  return kept.sort((a, b) => a.at - b.at);
}

/** What must not be held against which words. */
function exceptionsByWord(text: FoldedText): ReadonlyMap<number, ReadonlySet<FairHousingEntry>> {
  const found = new Map<number, Set<FairHousingEntry>>();
  for (const { span, item } of matchesIn(exceptions, text)) {
    for (let word = span.first; word <= span.last; word += 1) found.set(word, (found.get(word) ?? new Set()).add(item));
  }
  return found;
}

function anyWord({ first, last }: Span, isSo: (word: number) => boolean): boolean {
  for (let word = first; word <= last; word += 1) if (isSo(word)) return true;
  return false;
}

import { createHash } from 'node:crypto';

import { z } from 'zod';

import { defineTool } from '../define-tool';
import { finding, placedText } from '../finding-schema';
import { foldText, type FoldedText } from './fold-text';
import { criteriaEntries } from './lists/fair-housing-criteria';
import { householdEntries } from './lists/fair-housing-households';
import { originEntries } from './lists/fair-housing-people';
import { placeEntries } from './lists/fair-housing-places';
import { fairHousingRules, type FairHousingEntry } from './lists/fair-housing-rules';
import { matchesIn, overlaps, phraseIndex, vocabularyOf, type Span } from './phrase-pattern';

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

/** Phrases that the Fair Housing Act forbids in advertisements for housing, and those that a person should look at. */
export const fairHousingCheck = defineTool({
  name: 'fairHousingCheck',
  description:
    'Looks for phrases in texts about housing that the Fair Housing Act and common state laws forbid or that are risky. Give all texts of an ' +
    'advertisement. Returns each phrase with its place, the rule with its source, a severity and better wording. No finding does not prove compliance.',
  input: z.strictObject({ texts: z.array(placedText).max(200).describe('At most 200 items') }),
  output: z.object({
    listVersion: z.string().describe('Day of the last review of the lists and a hash of their content'),
    findings: z.array(finding.extend({ severity: z.enum(['prohibited', 'risky']), instead: z.string().optional() })),
  }),
  maxOutputBytes: 256 * 1_024,
  run: ({ texts }) => ({
    listVersion: FAIR_HOUSING_LIST_VERSION,
    findings: texts.flatMap(({ place, text }) =>
      hitsOf(foldText(text, vocabulary)).map(({ entry, at, end }) => ({
        check: 'fairHousing',
        phrase: text.slice(at, end),
        rule: fairHousingRules[entry.rule],
        place,
        at,
        severity: entry.severity,
        ...(entry.instead === undefined ? {} : { instead: entry.instead }),
      })),
    ),
  }),
});

/** More would tell nobody more, and a text of nothing else must not outgrow the result. */
const MOST_FINDINGS = 100;

/** One hit for each place: of those that overlap, a prohibited one before a risky one, then the longer. */
function hitsOf(text: FoldedText): Hit[] {
  const fine = matchesIn(exceptions, text);
  const all = matchesIn(index, text)
    .filter(({ span, item }) => !fine.some((around) => around.item === item && overlaps(around.span, span)))
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
  return kept.sort((a, b) => a.at - b.at).slice(0, MOST_FINDINGS);
}

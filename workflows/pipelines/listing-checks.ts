import { agents } from '../run/agents';
import { optional } from '../run/degrade';
import { tools } from '../run/tools';
import type { Fact, ListingFacts, ListingResult } from './listing-facts';
import type { RaisedFinding } from './listing-findings';
import type { Draft, Line } from './listing-texts';
import { quotedFindings, type ClaimedFinding } from './quoted-findings';

/** What the checks of a round found. */
export interface Checked {
  readonly found: readonly RaisedFinding[];
  /** Figures of the checked texts and where they come from. */
  readonly figures: ListingResult['figures'];
  readonly listVersion: string;
}

export interface Reviewed {
  readonly found: readonly RaisedFinding[];
  readonly reviewerFindings: ListingResult['reviewerFindings'];
  /** Names of reviewers that failed. */
  readonly missing: readonly string[];
}

/** The agents among the checks. */
export const REVIEWERS = ['fairHousingReviewer', 'brandReviewer'] as const;

interface Round {
  readonly drafts: readonly Draft[];
  /** For the steps: `first draft`, `rewrite 1`. */
  readonly label: string;
}

const linesOf = (drafts: readonly Draft[]): Line[] => drafts.flatMap(({ lines }) => lines);
const placed = ({ place, text }: Line): { place: string; text: string } => ({ place, text });

/** Checks by code: Fair Housing, figures, attributes, lengths, filler. Texts for the public may state no amount but the price asked. */
export async function checkByCode({ drafts, label }: Round, { facts, names, currency }: ListingFacts): Promise<Checked> {
  const lines = linesOf(drafts);
  const published = lines.filter(({ field }) => field === undefined);
  const highlights = lines.filter(({ field }) => field !== undefined);
  const claims = (texts: readonly Line[], known: readonly Fact[], part: string) =>
    texts.length === 0
      ? { traced: [], findings: [] }
      : tools.claimCheck(
          {
            texts: texts.map((line) => ({ ...placed(line), maxCharacters: line.maxCharacters })),
            facts: known.map(({ field, value, kind }) => ({ field, value, kind, ...(kind === 'money' && { currency }) })),
            names: [...names],
          },
          { label: `${part}, ${label}` },
        );
  const [housing, open, sheet] = await Promise.all([
    tools.fairHousingCheck({ texts: lines.map(placed) }, { label }),
    claims(
      published,
      facts.filter((fact) => fact.published),
      'texts',
    ),
    claims(highlights, facts, 'highlights'),
  ]);
  const sources = new Map(facts.map(({ field, source }) => [field, source]));
  return {
    listVersion: housing.listVersion,
    found: [...housing.findings, ...open.findings, ...sheet.findings, ...highlights.flatMap((line) => unknownField(line, sources))],
    figures: [...open.traced, ...sheet.traced].map(({ place, claim, field }) => ({
      place,
      figure: claim,
      field,
      source: sources.get(field) ?? 'unknown',
    })),
  };
}

/** Facts with a prohibited phrase reach no writer: whoever is told them would say them. */
export async function withoutProhibited({ facts, leftOut, ...rest }: ListingFacts): Promise<ListingFacts> {
  const texts = facts.flatMap(({ field, value }) =>
    typeof value === 'number' || rest.names.includes(value) ? [] : [{ place: field, text: value }],
  );
  if (texts.length === 0) return { facts, leftOut, ...rest };
  const { findings } = await tools.fairHousingCheck({ texts }, { label: 'facts' });
  const prohibited = new Map(findings.filter(({ severity }) => severity === 'prohibited').map(({ place, rule }) => [place, rule]));
  return {
    facts: facts.filter(({ field }) => !prohibited.has(field)),
    leftOut: [
      ...leftOut,
      ...facts.flatMap(({ field, value }) => {
        const why = prohibited.get(field);
        return why === undefined ? [] : [{ field, value: String(value), why }];
      }),
    ],
    ...rest,
  };
}

function unknownField({ place, text, field = '' }: Line, sources: ReadonlyMap<string, string>): RaisedFinding[] {
  return sources.has(field) ? [] : [{ check: 'source', phrase: text, rule: `There is no fact "${field}"`, place, at: 0 }];
}

/** Two agents read what code cannot judge. What they object to counts when they quote it; one that fails is named. */
export async function reviewByAgents({ drafts, label }: Round, brandVoice: string): Promise<Reviewed> {
  const texts = linesOf(drafts).map(placed);
  const ask = async (name: string, reviewer: () => Promise<{ findings: ClaimedFinding[] }>) => {
    const claimed = await optional(
      `${name}/${label}`,
      async () => (await reviewer()).findings,
      () => ({ value: null, instead: 'texts that this reviewer has not read' }),
    );
    return { name, claimed, ...quotedFindings(name, claimed ?? [], texts) };
  };
  const answers = await Promise.all([
    ask('fairHousingReviewer', () => agents.fairHousingReviewer({ texts }, { label })),
    ask('brandReviewer', () => agents.brandReviewer({ texts, brandVoice }, { label })),
  ]);
  return {
    found: answers.flatMap(({ taken }) => taken),
    reviewerFindings: answers.map(({ name, taken, dropped }) => ({ reviewer: name, taken: taken.length, dropped })),
    missing: answers.flatMap(({ name, claimed }) => (claimed === null ? [name] : [])),
  };
}

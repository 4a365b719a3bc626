import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { tools } from '../run/tools';
import { factsOf } from './product-launch-texts';

type Input = PipelineInput<'productLaunch'>;
type Findings = PipelineResult<'productLaunch'>['findings'];

/** Keywords apart by whether the product data lets a text say them. */
export interface SortedKeywords {
  readonly usable: string[];
  /** One for each keyword that is not. */
  readonly findings: Findings;
}

/**
 * Checks the keywords as the texts will be checked, before anything is written: one that claims what no fact says would send every text
 * back that uses it, and every text that does not.
 */
export async function sortKeywords(input: Input): Promise<SortedKeywords> {
  const placed = input.keywords.map((text, at) => ({ place: `keywords[${at}]`, text }));
  const { findings } = await tools.claimCheck({ texts: placed, facts: factsOf(input), names: [input.name] }, { label: 'keywords' });
  const against = new Map(findings.map((finding) => [finding.place, finding]));
  return {
    usable: placed.flatMap(({ place, text }) => (against.has(place) ? [] : [text])),
    findings: [...against.values()].map(({ phrase, place, at }) => ({
      check: 'keyword',
      phrase,
      rule: 'the product data does not say so, and the keyword was left out of the texts: add the fact or drop the keyword',
      place,
      at,
      round: 1,
      settled: 'open',
    })),
  };
}

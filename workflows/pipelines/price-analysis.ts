import { sourcesIn, traceFigures, type FigureSource } from '../../common/figures';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { endsRun } from '../../common/cancellation';
import { reasonOf } from '../patterns/step-failure';
import { agents, type AgentOutput } from '../run/agents';
import { degrade } from '../run/degrade';
import { comparisonInWords, ourPriceInWords, priceInWords, type Findings } from './competitor-findings';

type Input = PipelineInput<'competitorReport'>;

/** A comparison of prices in words, or why there is none. */
export interface Analysis {
  readonly text: string | null;
  readonly figures: PipelineResult<'competitorReport'>['pricing']['figures'];
  /** Figures that are not in the data, even after the text was sent back. */
  readonly untraced: readonly string[];
  /** Why there are no words; null when there are, or when there is nothing to put into words. */
  readonly why: string | null;
}

/** Has the computed comparison put into words. Figures that are not in it are sent back once. */
export async function analysePrices(input: Input, findings: Findings): Promise<Analysis> {
  if (findings.prices.length === 0) return { text: null, figures: [], untraced: [], why: null };
  try {
    return await analysed(input, findings);
  } catch (error) {
    if (endsRun(error)) throw error;
    degrade('pricingAnalyst', error, 'the comparison of prices without words');
    return { text: null, figures: [], untraced: [], why: reasonOf(error) };
  }
}

async function analysed({ market, audience, ours }: Input, { competitors, prices, comparisons }: Findings): Promise<Analysis> {
  const nameOf = new Map(competitors.map(({ id, name }) => [id, name]));
  const shown = {
    market,
    audience,
    ...(ours !== undefined && { ours: ours.name }),
    comparisons: comparisons.map((comparison) => comparisonInWords(comparison, ours?.name)),
    prices: [...ourPriceInWords(ours), ...prices.map((price) => priceInWords(price, nameOf.get(price.competitor) ?? price.competitor))],
  };
  const sources: FigureSource[] = [
    ...shown.comparisons.flatMap((comparison, at) => sourcesIn(comparison, `comparison ${at + 1}`)),
    ...shown.prices.flatMap((price) => sourcesIn(price, price)),
    { kind: 'number', value: competitors.length, source: 'number of competitors' },
  ];
  const names = [
    ...competitors.map(({ name }) => name),
    ...prices.map(({ plan }) => plan),
    ...(ours === undefined ? [] : [ours.name, ours.price?.plan ?? ours.name]),
  ];
  const first = textOf(await agents.pricingAnalyst(shown));
  const traced = traceFigures(first, sources, names);
  if (traced.untraced.length === 0) return { text: first, figures: [...traced.traced], untraced: [], why: null };
  const problems = traced.untraced.map((figure) => `"${figure}" is not in the data`);
  const second = textOf(await agents.pricingAnalyst({ ...shown, problems }));
  const { traced: figures, untraced } = traceFigures(second, sources, names);
  return { text: second, figures: [...figures], untraced, why: null };
}

const textOf = ({ paragraphs }: AgentOutput<'pricingAnalyst'>): string => paragraphs.join('\n\n');

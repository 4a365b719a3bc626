import type { PipelineResult } from '../../common/pipelines/types';
import { PRICE_BASIS_WORDS } from '../../common/price-terms';
import { formatPrice } from './catalog';
import type { Findings } from './competitor-findings';
import { withKnownReferences, wordsOf, type Untraced } from './section-text';
import { capital, oneLine } from './text-forms';

type Result = PipelineResult<'competitorReport'>;

/** A section as its child has left it; `body` is null when it failed. */
export interface WrittenSection {
  readonly heading: string;
  readonly body: string | null;
  readonly untraced: readonly Untraced[];
}

/** Everything that a report is made of. */
export interface ReportParts {
  readonly title: string;
  readonly ours: string | undefined;
  readonly findings: Findings;
  /** The comparison of prices in words, if there is one. */
  readonly analysis: string | null;
  readonly sections: readonly WrittenSection[];
  /** What is untraced in the analysis. */
  readonly untraced: Result['untraced'];
  readonly missing: Result['missing'];
}

interface Chapter {
  readonly heading: string;
  readonly text: string;
}

/** Puts the report together: title, contents, sections, prices, what is missing, sources. Every reference in it leads to a source. */
export function assembleReport(parts: ReportParts): Pick<Result, 'title' | 'report' | 'contents' | 'words' | 'untraced'> {
  const { findings, sections, missing } = parts;
  const known = new Set(findings.sources.map(({ number }) => number));
  const resolved = sections.map(({ heading, body, untraced }, at) => {
    const { text, unknown } = withKnownReferences(body ?? 'This section could not be written.', known);
    const place = `${at + 1}. ${oneLine(heading)}`;
    const removed = unknown.map((reference) => ({ place, kind: 'reference' as const, text: reference }));
    return { heading: oneLine(heading), text, untraced: [...untraced.map((item) => ({ place, ...item })), ...removed] };
  });
  const untraced = [...resolved.flatMap((section) => section.untraced), ...parts.untraced];
  const gaps = [
    ...missing.map(({ what, name, why }) => `- ${capital(what)} ${plain(name)}: ${plain(why)}`),
    ...untraced
      .filter(({ kind }) => kind === 'figure')
      .map(({ place, text }) => `- ${capital(place)}: no source states “${oneLine(text)}”.`),
  ];
  const chapters: Chapter[] = [
    ...resolved,
    { heading: 'Prices', text: pricesChapter(parts) },
    ...(gaps.length === 0 ? [] : [{ heading: 'What is missing or not proven', text: gaps.join('\n') }]),
    { heading: 'Sources', text: sourcesChapter(findings) },
  ];
  const contents = chapters.map(({ heading }, at) => ({ number: at + 1, heading }));
  const title = oneLine(parts.title).replace(/^#+\s*/, '');
  const report = [
    `# ${title}`,
    '## Contents',
    contents.map(({ number, heading }) => `${number}. ${heading}`).join('\n'),
    ...chapters.map(({ heading, text }, at) => `## ${at + 1}. ${heading}\n\n${text.trim()}`),
  ].join('\n\n');
  return { title, report: `${report}\n`, contents, words: wordsOf(report), untraced };
}

function pricesChapter({ findings: { prices, comparisons, competitors }, analysis, ours }: ReportParts): string {
  if (prices.length === 0) return 'No page that was found states a price.';
  const names = new Map(competitors.map(({ id, name }) => [id, name]));
  const rows = prices.map(({ competitor, plan, amount, currency, per, source }) => [
    plain(names.get(competitor) ?? competitor),
    plain(plan),
    amount === 0 ? 'free' : formatPrice(amount, currency),
    PRICE_BASIS_WORDS[per],
    source === null ? '–' : `[${source}]`,
  ]);
  const compared = comparisons.map(({ currency, per, plans, min, median, max, ours: own }) => [
    `${currency} ${PRICE_BASIS_WORDS[per]}`,
    String(plans),
    formatPrice(min, currency),
    formatPrice(median, currency),
    formatPrice(max, currency),
    own === null ? '–' : `${formatPrice(own.amount, currency)}, ${own.place}`,
  ]);
  const left = prices.some((price) => !price.compared);
  return [
    ...(analysis === null ? [] : [analysis.trim()]),
    ...(compared.length === 0 ? [] : [table(['Prices in', 'Paid plans', 'Lowest', 'Median', 'Highest', ours ?? 'Ours'], compared)]),
    table(['Competitor', 'Plan', 'Price', 'Basis', 'Source'], rows),
    ...(left ? ['Prices without a source or on another basis are not compared.'] : []),
  ].join('\n\n');
}

function sourcesChapter({ sources }: Findings): string {
  if (sources.length === 0) return 'No page was found; the report rests on what the researchers knew.';
  return sources.map(({ number, title, url }) => `${number}. ${plain(title)}: <${url}>`).join('\n');
}

/** What somebody else has named, as text on one line: no link, no tag. */
const plain = (text: string): string => oneLine(text).replaceAll(/[[\]<>]/g, '\\$&');

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

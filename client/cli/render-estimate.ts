import type { Range } from '../../common/estimate';
import { tokens, usd } from './amounts';
import { renderColumns } from './columns';
import type { Colors } from './output';
import type { RehearsedEstimate } from './rehearse';
import { wrapText } from './wrap-text';

const RIGHT = { align: 'right' } as const;

/** Three digits are more than an estimate knows. */
const about = (amount: number): number => Number(amount.toPrecision(3));
const dollars = (amount: number): string => usd(about(amount));

/** Cents from a dollar on, so that both ends of a range are alike. */
export const dollarRange = ({ low, high }: Pick<Range, 'low' | 'high'>): string =>
  dollars(low) === dollars(high) ? dollars(low) : `${dollars(low)} – ${dollars(high)}`;

const calls = (number: number): string => (Number.isInteger(number) ? String(number) : number.toFixed(1));
const whole = (number: number): string => tokens(Math.round(number));

interface EstimateView {
  readonly colors: Colors;
  /** Columns of the terminal. */
  readonly within?: number;
}

const LONGEST_STEP = 20;

/** An estimate for people: by step, then all of it, then what it rests on. */
export function renderEstimate(estimate: RehearsedEstimate, { colors, within = Infinity }: EstimateView): string {
  const { pipeline, rows, lane, steps } = estimate;
  const of = rows === null ? 'a run' : `${whole(rows)} ${rows === 1 ? 'row' : 'rows'}`;
  const titles = ['step', 'calls', 'tokens in', 'cached', 'out', rows === null ? 'cost' : 'cost a row'];
  const cells = steps.map((step) => [
    step.step,
    calls(step.calls.expected),
    whole(step.inputTokens.expected),
    whole(step.cacheReadTokens.expected),
    whole(step.outputTokens.expected),
    dollarRange(step.costUsd),
  ]);
  const columns = titles.map((title, at) => ({ title, ...(at > 0 && RIGHT), ...(at === 0 && within < 100 && { width: LONGEST_STEP }) }));
  return [
    `${colors.bold(`Estimate for ${of} of ${pipeline}`)}${lane === 'interactive' ? '' : `, lane ${lane}`}`,
    '',
    renderColumns(columns, cells, { bold: colors.dim }),
    '',
    totalsOf(estimate, colors),
    '',
    ...remarksOn(estimate).map((remark) => wrapText(remark, within)),
  ].join('\n');
}

function totalsOf({ rows, sample, costUsd, rowUsd, sampleUsd, tokens: all }: RehearsedEstimate, colors: Colors): string {
  const line = (name: string, range: Range): string[] => [
    name,
    dollars(range.low),
    colors.bold(dollars(range.expected)),
    dollars(range.high),
  ];
  const lines = [
    line(rows === null ? 'cost' : 'cost in all', costUsd),
    ...(rowUsd === null ? [] : [line('a row', rowUsd)]),
    ...(sampleUsd === null ? [] : [line(`the first ${sample ?? 0} rows`, sampleUsd)]),
    ['tokens', ...(['low', 'expected', 'high'] as const).map((bound) => whole(about(all[bound])))],
  ];
  const columns = [{ title: '' }, ...['at least', 'about', 'at most'].map((title) => ({ title, ...RIGHT }))];
  return renderColumns(columns, lines, { bold: colors.dim, gap: 3 });
}

/** What else there is to know, in sentences: searches, the worst case, what the figures rest on. */
function remarksOn({ rows, steps, worstUsd, simulated, basis, notes }: RehearsedEstimate): string[] {
  const { rehearsed, formerRuns, seconds } = basis;
  const searches = steps.reduce((sum, { webSearches }) => sum + webSearches.expected, 0);
  const what = rows === null ? 'the run' : `${rehearsed} of ${whole(rows)} rows`;
  return [
    ...(searches > 0 ? [`The cost includes about ${calls(searches)} searches of the web${rows === null ? '' : ' a row'}.`] : []),
    `A cap of ${dollars(worstUsd)} would stop nothing, however long the answers.`,
    '',
    `Rehearsed ${what} with a simulator of its own in ${seconds} s; nothing was paid.`,
    formerRuns > 0
      ? `Corrected by what ${formerRuns === 1 ? 'a former run' : `${formerRuns} former runs`} asked.`
      : simulated
        ? 'The simulator will answer in the same way.'
        : 'Claude may answer at half the length or three times it; former runs will narrow the range.',
    ...notes.map((note) => `${note}.`),
  ];
}

/** The whole estimate in a line, for the start of a job. */
export function estimateLine({ rows, sample, costUsd, sampleUsd, basis }: RehearsedEstimate): string {
  const first = sampleUsd === null || sample === rows ? '' : `, the first ${sample ?? 0} about ${dollars(sampleUsd.expected)}`;
  const former = basis.formerRuns === 0 ? '' : ` and ${basis.formerRuns} former ${basis.formerRuns === 1 ? 'run' : 'runs'}`;
  const from = `from a rehearsal of ${basis.rehearsed}${former}`;
  return `Estimate: ${dollarRange(costUsd)} for ${whole(rows ?? 1)} ${rows === 1 ? 'row' : 'rows'}, about ${dollars(costUsd.expected)}${first} (${from})`;
}

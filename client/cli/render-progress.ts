import { IN_A_BATCH } from '../../common/batch';
import type { JobProgress } from '../../common/job';
import type { StepState } from '../../common/run';
import type { WatchedRun, WatchedStep } from '../watch-run';
import { elapsed } from '../../common/duration';
import { briefUsd, shortModel, tokens, usd } from './amounts';
import { renderColumns } from './columns';
import type { Colors } from './output';
import { poolHint } from './pool-hint';
import { wrapText } from './wrap-text';

export interface View {
  readonly width: number;
  /** Terminal lines that may be used. */
  readonly height: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Counts up with every drawing; turns the spinner. */
  readonly frame: number;
  readonly colors: Colors;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FIXED_WIDTH = { symbol: 1, model: 10, tokens: 12, cost: 10, time: 9 } as const;
const GAPS = 6;
const MIN_NAME = 12;
/** A shorter wait is over before it is read. */
const SHORT_WAIT_MS = 500;
/** Lines around the steps: folded steps, blank, totals, two hints, the cursor's. */
const FRAME_LINES = 6;

function symbolOf(state: StepState, view: View): string {
  const { colors } = view;
  switch (state) {
    case 'pending':
      return colors.dim('·');
    case 'running':
      return colors.cyan(SPINNER[view.frame % SPINNER.length] ?? '');
    case 'waiting':
      return colors.yellow('◌');
    case 'done':
      return colors.green('✓');
    case 'skipped':
      return colors.dim('-');
    case 'degraded':
      return colors.yellow('!');
    case 'failed':
      return colors.red('✗');
    case 'cancelled':
      return colors.yellow('×');
  }
}

/** `researcher · use cases`. */
export function nameOf(step: Pick<WatchedStep, 'agent' | 'label'>): string {
  return step.label === '' ? step.agent : `${step.agent} · ${step.label}`;
}

/** An answer of this run's own always has tokens. */
const isReused = ({ state, kind, inputTokens, outputTokens }: WatchedStep): boolean =>
  state === 'done' && kind === undefined && inputTokens + outputTokens === 0;

/** Tokens billed, and while the answer streams the tokens that Claude has written so far. */
function tokensOf(step: WatchedStep): string {
  if (isReused(step)) return 'reused';
  if (step.state === 'waiting' && step.reason === IN_A_BATCH) return 'in a batch';
  if (step.inputTokens + step.outputTokens > 0) return `${tokens(step.inputTokens)}/${tokens(step.outputTokens)}`;
  const streamed = step.live?.heartbeat?.outputTokens ?? 0;
  if (streamed > 0) return `…/${tokens(streamed)}`;
  const attempt = step.live?.attempt ?? 1;
  return attempt > 1 ? `attempt ${attempt}` : '';
}

/** Milliseconds until the next attempt of a call that waits for one. */
function waitOf({ live }: WatchedStep, now: number): number {
  const wait = live?.nextAttemptAt === null || live === null ? 0 : live.nextAttemptAt - now;
  return wait > SHORT_WAIT_MS ? wait : 0;
}

function rowOf(step: WatchedStep, view: View): string[] {
  const { colors, now } = view;
  const wait = waitOf(step, now);
  const time = step.state === 'pending' ? '' : wait > 0 ? `in ${elapsed(wait)}` : elapsed((step.endedAt ?? now) - step.startedAt);
  const name = nameOf(step);
  return [
    symbolOf(wait > 0 ? 'waiting' : step.state, view),
    step.state === 'done' || step.state === 'pending' ? colors.dim(name) : name,
    colors.dim(shortModel(step.model ?? step.live?.heartbeat?.model ?? null)),
    tokensOf(step),
    step.costUsd === 0 ? '' : briefUsd(step.costUsd, FIXED_WIDTH.cost),
    colors.dim(time),
  ];
}

/** Why calls are tried again: the latest reason is enough to act on. */
function renderTrouble(run: WatchedRun): string | undefined {
  const troubled = run.steps.filter((step) => step.live !== null && step.live.attempt > 1 && step.live.lastFailure !== null).at(-1);
  if (troubled?.live === undefined || troubled.live === null) return undefined;
  const { attempt, lastFailure } = troubled.live;
  const why = /heartbeat timeout/i.test(lastFailure ?? '') ? 'the worker of the attempt before is gone' : lastFailure;
  return `${nameOf(troubled)}, attempt ${attempt}: ${why}`;
}

/** `120 of 500 rows done · 3 failed · 25 running · about $5.10 in all · 4 m 10 s left`. */
export function renderJob(job: JobProgress, { paused = false }: { readonly paused?: boolean } = {}): string {
  const { rows, done, before, failed, running, waiting, concurrency, expectedUsd, remainingMs } = job;
  const { persons = 0, inBatch = 0, lane = 'interactive' } = job;
  // Until a row has shown what it costs, while the sample ends, or when the budget covers no more of them at a time.
  const held = running > 0 && running < concurrency && !paused ? waiting : 0;
  const onlyPersons = persons > 0 && persons >= running;
  return [
    `${tokens(done + before)} of ${tokens(rows)} rows done`,
    ...(failed > 0 ? [`${tokens(failed)} failed`] : []),
    ...(running > 0 ? [`${tokens(running)} running`] : []),
    ...(held > 0 ? [`${tokens(held)} wait for ${running === 1 ? 'it' : 'these'}`] : []),
    ...(expectedUsd === null || running === 0 ? [] : [`about ${usd(expectedUsd)} in all`]),
    ...(persons > 0 ? [`${tokens(persons)} waiting for a person`] : []),
    ...(inBatch > 0 ? [`${tokens(inBatch)} in a batch sent before`] : []),
    ...(remainingMs === null || running === 0 || onlyPersons ? [] : [`${elapsed(remainingMs)} left`]),
    ...(lane === 'interactive' || running === 0 ? [] : [`${lane} lane`]),
  ].join(' · ');
}

/**
 * A job as it is at this moment: what it says of its time is as of the last that happened to it, and from then on the clock goes on. What has
 * taken longer than was expected has no time left to show.
 */
function jobNow({ job, closed, status }: WatchedRun, now: number): JobProgress | undefined {
  if (job?.startedAt === undefined || closed) return job;
  const since = Math.max(0, now - job.startedAt - job.elapsedMs);
  const left = job.remainingMs === null || status !== 'running' ? job.remainingMs : job.remainingMs - since;
  return { ...job, elapsedMs: job.elapsedMs + since, remainingMs: left === null || left <= 0 ? null : left };
}

/** How to answer the rows of a job that wait for a person: one line each, for the first of them. */
export function rowsToReview({ persons = 0, toReview = [] }: Pick<JobProgress, 'persons' | 'toReview'> = {}): string[] {
  const more = persons - toReview.length;
  return [...toReview.map((id) => `? a row waits for a person: npx troupe review ${id}`), ...(more > 0 ? [`? and ${more} more`] : [])];
}

const BAR_WIDTH = 30;

function renderBar({ rows, done, before, failed }: JobProgress, colors: Colors): string {
  const share = (count: number): number => Math.floor((count / Math.max(1, rows)) * BAR_WIDTH);
  // Counted from the start: a job that has ended fills the bar.
  const good = share(done + before);
  const bad = share(done + before + failed) - good;
  return colors.green('█'.repeat(good)) + colors.red('█'.repeat(bad)) + colors.dim('░'.repeat(BAR_WIDTH - good - bad));
}

/** Cost against budget, stage and time; the same line closes the plain output. */
export function renderTotals(run: WatchedRun, now: number): string {
  const budget = run.budgetUsd === null ? '' : ` of ${usd(run.budgetUsd)}`;
  const used = run.steps.reduce((sum, step) => sum + step.inputTokens + step.outputTokens, 0);
  // A worker of an older release does not tell.
  const { budgetTokens = null } = run;
  const cap = budgetTokens === null || run.job !== undefined ? '' : ` · ${tokens(used)} of ${tokens(budgetTokens)} tokens`;
  const uncertain = run.uncertainUsd > 0 ? ` (+ up to ${usd(run.uncertainUsd)} uncertain)` : '';
  const started = Math.min(...run.steps.map((step) => step.startedAt), now);
  const ended = run.closed ? Math.max(started, ...run.steps.map((step) => step.endedAt ?? started)) : now;
  const stage = run.stage === null || run.closed ? '' : ` · ${run.stage}`;
  const { elapsedMs = run.steps.length === 0 && run.lastedMs !== undefined ? run.lastedMs : ended - started } = jobNow(run, now) ?? {};
  return `${run.status}${stage} · ${usd(run.costUsd)}${budget}${uncertain}${cap} · ${elapsed(elapsedMs)}`;
}

function noSteps({ closed, answering }: WatchedRun): string {
  if (!closed) return 'waiting for the first step';
  return answering ? 'it ended before its first step' : 'its steps are shown only while a worker answers';
}

/** The live picture: one line a step, then the totals. No line is wider than the terminal. */
export function renderProgress(run: WatchedRun, view: View): string {
  const { colors, width } = view;
  const taken = Object.values(FIXED_WIDTH).reduce((sum, column) => sum + column, GAPS);
  const name = Math.max(MIN_NAME, width - taken);
  const columns = [
    { title: '', width: FIXED_WIDTH.symbol },
    { title: '', width: name },
    { title: '', width: FIXED_WIDTH.model },
    { title: '', width: FIXED_WIDTH.tokens, align: 'right' },
    { title: '', width: FIXED_WIDTH.cost, align: 'right' },
    { title: '', width: FIXED_WIDTH.time, align: 'right' },
  ] as const;
  const reviews = run.closed ? [] : (run.reviews ?? []);
  const room = Math.max(1, view.height - FRAME_LINES - reviews.length);
  const shown = run.steps.slice(-room);
  const hidden = run.steps.length - shown.length;
  const trouble = renderTrouble(run);
  const job = jobNow(run, view.now);
  const wide = (text: string): string => renderColumns([{ title: '', width: width - 1 }], [[text]], { gap: 0 });
  const lines = [
    ...(hidden > 0 ? [wide(colors.dim(`… and ${hidden} earlier steps`))] : []),
    ...(job === undefined ? [] : [wide(renderBar(job, colors)), wrapText(renderJob(job, { paused: run.status === 'paused' }), width - 1)]),
    ...(shown.length > 0
      ? [
          renderColumns(
            columns,
            shown.map((step) => rowOf(step, view)),
            { gap: 1 },
          ),
        ]
      : job === undefined
        ? [wide(colors.dim(noSteps(run)))]
        : []),
    '',
    wide(renderTotals(run, view.now)),
    ...reviews.map(({ name, title }) => wide(colors.yellow(`? ${name}: ${title}`))),
    ...(run.closed ? [] : rowsToReview(run.job)).map((line) => wide(colors.yellow(line))),
    ...(trouble === undefined ? [] : [wide(colors.yellow(trouble))]),
    ...(run.waitingForPool === 0 || !run.answering || run.closed ? [] : [wide(colors.yellow(poolHint(run.waitingForPool)))]),
    ...(run.answering || run.closed ? [] : [wide(colors.yellow('no worker answers right now; the run goes on as soon as one does'))]),
  ];
  return lines.join('\n');
}

/** Plain output: the line for a step whose state has changed. */
export function renderChange(step: WatchedStep): string {
  const name = nameOf(step);
  switch (step.state) {
    case 'done':
      if (isReused(step)) return `${name}: reused from an earlier run, $0`;
      return `${name}: done, ${[...spentOf(step), elapsed((step.endedAt ?? 0) - step.startedAt)].join(', ')}${modelOf(step)}`;
    case 'running':
    case 'pending':
    case 'waiting':
      return `${name}: ${step.state}`;
    default:
      return step.reason === undefined ? `${name}: ${step.state}` : `${name}: ${step.state}: ${step.reason}`;
  }
}

/** A tool is free of charge. */
function spentOf({ kind, inputTokens, outputTokens, costUsd }: WatchedStep): string[] {
  return kind === 'tool' ? [] : [`${tokens(inputTokens)} tokens in`, `${tokens(outputTokens)} out`, usd(costUsd)];
}

/** A child may have used several models, a tool none. */
function modelOf({ kind = 'agent', model }: WatchedStep): string {
  return kind === 'agent' ? ` (${model ?? 'model unknown'})` : '';
}

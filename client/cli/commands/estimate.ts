import type { PipelineName } from '../../../common/pipelines';
import type { PipelineInput } from '../../../common/pipelines/types';
import { checkStart } from '../../check-start';
import { checkJob } from '../../jobs/start-job';
import { pickRows } from '../../../rows/pick-rows';
import { holdsRows } from '../../../rows/read-rows';
import { TroupeError } from '../../../common/troupe-error';
import { checkedRows, rowsOptions } from '../checked-rows';
import { cliSettings } from '../cli-settings';
import { ExitCode } from '../exit-codes';
import { knownOf } from '../former';
import { howToStart } from '../how-to-start';
import { catchInterruption } from '../interruption';
import { out, print, printJson } from '../output';
import { readInput } from '../read-input';
import { MOST_ROWS, rehearsedEstimate, type RehearsedEstimate, type ToEstimate } from '../rehearse';
import { renderEstimate } from '../render-estimate';
import { usd } from '../amounts';
import { jobOptions, type BatchFlags } from './batch';
import { startOptions } from './run';

/** Those of `run` and of `batch`: a command line of theirs is one of `estimate`. */
export type EstimateFlags = Omit<BatchFlags, 'estimate' | 'order'>;

/** `troupe estimate`: what a run or a job will come to. Bad input is refused as the start would refuse it. */
export async function estimate(pipeline: string, subject: string | undefined, flags: EstimateFlags): Promise<number> {
  // A wrong setting is refused before anything takes time.
  cliSettings();
  const isJob = flags.input !== undefined && (await holdsRows(flags.input));
  const what = isJob ? await jobToEstimate(pipeline, subject, flags) : await runToEstimate(pipeline, subject, flags);
  const interruption = catchInterruption();
  const { lane, deadline: deadlineMs, concurrency } = flags;
  try {
    const known = knownOf(what.pipeline);
    const estimated = withNotes(
      await rehearsedEstimate({ ...what, lane, deadlineMs, concurrency, known, signal: interruption.signal }),
      flags,
    );
    if (flags.json === true) printJson(estimated);
    else print(`${renderEstimate(estimated, { colors: out.colors, ...out.within() })}\n\n${howToStart({ ...what, subject }, flags)}`);
    return ExitCode.done;
  } catch (error) {
    if (interruption.signal.aborted) return ExitCode.interrupted;
    throw error;
  } finally {
    interruption.dispose();
  }
}

type Checked = Pick<ToEstimate, 'pipeline' | 'inputs' | 'rows' | 'sample'>;

async function jobToEstimate(pipeline: string, subject: string | undefined, flags: EstimateFlags): Promise<Checked> {
  if (subject !== undefined)
    throw new TroupeError('invalid-input', `Cannot estimate "${pipeline}": "${subject}" is given beside a file of rows; leave one out`);
  const rows = rowsOptions(pipeline, flags);
  checkJob(pipeline, jobOptions(flags));
  await checkedRows(rows, flags);
  return { pipeline: rows.pipeline, sample: flags.sample, ...(await pickRows(rows, MOST_ROWS)) };
}

async function runToEstimate(pipeline: string, subject: string | undefined, flags: EstimateFlags): Promise<Checked> {
  const { key, map, set, format, skipInvalid, sample, concurrency, rowBudgetUsd } = flags;
  const ofJobs = { key, map, set, format, 'skip-invalid': skipInvalid, sample, concurrency, 'row-budget-usd': rowBudgetUsd };
  const [wrong] = Object.entries(ofJobs).find(([, value]) => value !== undefined) ?? [];
  if (wrong !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot estimate "${pipeline}": --${wrong} is for rows; add --input with a .csv, .jsonl or .json file of rows, or leave it out`,
    );
  const input = await readInput(pipeline, subject, flags.input);
  const checked = checkStart(pipeline, input, startOptions(flags));
  // Its rehearsal would write made-up rows where the real ones belong.
  if (checked.pipeline === 'batchFiles') {
    const { pipeline: ofRows } = checked.input as PipelineInput<'batchFiles'>; // checked by its schema
    throw new TroupeError(
      'invalid-input',
      `Cannot estimate "batchFiles": it writes files; estimate one of its files with "npx troupe estimate ${ofRows} --input FILE"`,
    );
  }
  return { pipeline: checked.pipeline as PipelineName, inputs: [checked.input], rows: null };
}

/** What the flags mean for the figures. */
function withNotes(estimated: RehearsedEstimate, { budgetUsd, budgetTokens, reuse }: EstimateFlags): RehearsedEstimate {
  const { costUsd, tokens, notes } = estimated;
  const short = (budgetUsd ?? Infinity) < costUsd.high || (budgetTokens ?? Infinity) < tokens.high;
  const never = (budgetUsd ?? Infinity) < costUsd.low || (budgetTokens ?? Infinity) < tokens.low;
  const ofTokens = (budgetTokens ?? Infinity) < (never ? tokens.low : tokens.high);
  const cap = ofTokens ? `${budgetTokens ?? 0} tokens` : usd(budgetUsd ?? 0);
  return {
    ...estimated,
    notes: [
      ...notes,
      ...(never ? [`The budget of ${cap} will not do`] : short ? [`The budget of ${cap} may not do`] : []),
      ...(reuse === true ? ['With --reuse, answers that are there already cost nothing: it may be less, down to nothing'] : []),
    ],
  };
}

import type { Lane } from '../../../common/call';
import type { PipelineName } from '../../../common/pipelines';
import type { PipelineRequest } from '../../../common/pipelines/types';
import { needsSimulator } from '../../../worker/local/stack-config';
import { checkStart, type StartOptions } from '../../check-start';
import type { RunHandle } from '../../run-handle';
import { TroupeError } from '../../../common/troupe-error';
import { ExitCode } from '../exit-codes';
import { finishRun } from '../finish-run';
import { hasServer } from '../has-server';
import { print, printJson, say } from '../output';
import { reachClaude } from '../reach-claude';
import { readInput } from '../read-input';
import { reportOfStart } from '../run-report';
import { sayIfSimulated, sayIfStackPays } from '../say-simulated';
import { withSession, type Ending, type Session } from '../session';
import { checkOut } from '../write-result';

export interface RunFlags {
  readonly input?: string;
  readonly id?: string;
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly lane?: Lane;
  readonly deadline?: number;
  readonly reuse?: true;
  readonly detach?: true;
  readonly out?: string;
  readonly json?: true;
}

/** What of the flags goes into the run. */
export function startOptions(flags: RunFlags): StartOptions {
  const { id, budgetUsd, budgetTokens, lane, deadline, reuse } = flags;
  return {
    ...(id === undefined ? {} : { id }),
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
    ...(budgetTokens === undefined ? {} : { budgetTokens }),
    ...(lane === undefined ? {} : { lane }),
    ...(deadline === undefined ? {} : { deadlineMs: deadline }),
    ...(reuse === undefined ? {} : { reuse }),
  };
}

async function detach(run: RunHandle, flags: RunFlags): Promise<Ending> {
  if (flags.json === true) printJson(reportOfStart(run, await run.describe()));
  else print(run.workflowId);
  say(`Watch it with: npx troupe watch ${run.workflowId}`);
  return { code: ExitCode.done, leave: 'detach' };
}

/** What is known right away of the run that the start made or found. */
async function announce(run: RunHandle): Promise<void> {
  const completed = run.attached && (await run.describe()).status === 'completed';
  if (completed) return say(`${run.workflowId} has already completed; its stored result:`);
  say(`${run.attached ? 'Attached to run' : 'Started run'} ${run.workflowId}`);
  if (run.url !== null) say(`Web UI: ${run.url}`);
}

function checkFlags(pipeline: string, { out, detach: detached }: RunFlags): void {
  if (out === undefined || detached !== true) return;
  const cure = `leave one out, or fetch the result later with "npx troupe result ID --out ${out}"`;
  throw new TroupeError('invalid-input', `Cannot start "${pipeline}": --detach does not wait for the result that --out writes; ${cure}`);
}

/** `troupe run`: everything is checked before anything starts. */
export async function run(pipeline: string, subject: string | undefined, flags: RunFlags): Promise<number> {
  checkFlags(pipeline, flags);
  const input = await readInput(pipeline, subject, flags.input);
  const options = startOptions(flags);
  const checked = checkStart(pipeline, input, options);
  if (flags.out !== undefined) await checkOut(flags.out);
  if (!hasServer() && !needsSimulator(process.env)) await reachClaude(process.env['ANTHROPIC_BASE_URL']);
  return withSession(async (session: Session) => {
    const announced = sayIfSimulated(session.local?.addresses.simulated);
    sayIfStackPays(session.local?.addresses.simulated);
    // checkStart has parsed the input with the pipeline's own schema
    const handle = await session.troupe.start(checked.pipeline, input as PipelineRequest<PipelineName>, options);
    await announce(handle);
    if (flags.detach === true) return detach(handle, flags);
    return finishRun(session, handle, { ...flags, follow: true, withPartial: false, announced });
  });
}

import { openCall, type CallJournal } from '../claude/journal';
import type { JournaledAnswer } from '../claude/journal-state';
import type { StreamProgress } from '../claude/send';
import type { CallContext, CallHeartbeat } from '../common/call';
import { failure, FailureType } from '../common/failures';
import type { CallSite } from './call-site';
import type { CallableAgent, RenderedCall } from './callable-agent';
import type { ActivityDeps } from './deps';
import { resolveReferences } from './large-output';
import { refuseOtherStore } from './refuse-other-store';

/** One attempt at a call, under way. */
export interface OpenCall {
  readonly deps: ActivityDeps;
  readonly site: CallSite;
  readonly context: CallContext;
  readonly rendered: RenderedCall;
  readonly journal: CallJournal;
  /** Answers that this attempt has paid for. */
  readonly paid: JournaledAnswer[];
  turn: number;
  progress: StreamProgress;
}

export const NO_PROGRESS: StreamProgress = { characters: 0, outputTokens: 0, tail: '' };

export interface CallArguments {
  readonly deps: ActivityDeps;
  readonly agent: CallableAgent;
  readonly site: CallSite;
  readonly input: unknown;
  readonly context: CallContext;
}

/** Checks that this worker may do the call and opens its journal. */
export async function openJournal({ deps, agent, site, context }: CallArguments): Promise<CallJournal> {
  // Without the run's journal this worker would pay again for what is done.
  refuseOtherStore(`call "${agent.activityType}"`, deps.store, context.storeId);
  refuseOtherClaude(agent.activityType, deps, context);
  const { firstRunId, step, generation } = context;
  return openCall(deps.store, { namespace: site.namespace, workflowId: site.workflowId, firstRunId, step, generation });
}

/** Renders the call, with what its input refers to put back. */
export async function beginCall({ deps, agent, site, input, context }: CallArguments, journal: CallJournal): Promise<OpenCall> {
  const rendered = await agent.render(await resolveReferences(deps.store, input), context);
  return { deps, site, context, rendered, journal, paid: [], turn: 0, progress: NO_PROGRESS };
}

/** Made-up answers and real ones never meet in one result. Another worker may fit: the call waits. */
function refuseOtherClaude(agent: string, deps: ActivityDeps, { simulated }: CallContext): void {
  if (simulated === deps.simulated) return;
  throw failure({
    type: FailureType.ClaudeMismatch,
    message: simulated
      ? `Cannot call "${agent}": the run began with simulated answers, this worker pays for real ones; cancel the run and start it again`
      : `Cannot call "${agent}": the run began with the real Claude, this worker only simulates it; set ANTHROPIC_API_KEY and restart the worker`,
    retryable: true,
  });
}

export function heartbeatOf(call: OpenCall | undefined): CallHeartbeat {
  const { characters, outputTokens, tail } = call?.progress ?? NO_PROGRESS;
  return { model: call?.rendered.request.params.model ?? '', characters, outputTokens, turn: call?.turn ?? 0, tail };
}

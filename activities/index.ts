import { Context } from '@temporalio/activity';

import type { CallContext, CallOutcome } from '../common/call';
import { DYNAMIC_AGENT } from '../common/call-options';
import { failure, FailureType } from '../common/failures';
import type { LargeOutput } from '../common/large-output';
import type { CallSpend } from '../common/ledger';
import type { KeptWork, OpenedRun } from '../common/run';
import { callAgent } from './call-agent';
import { currentCallSite } from './call-site';
import { dynamicAgent, registeredAgent, type CallableAgent } from './callable-agent';
import type { ActivityDeps } from './deps';
import { keepResult, keepWork, type KeepingPlace } from './keep-work';
import { openRun, type OpenRunInput } from './open-run';
import { settleCall, type SettleCallInput } from './settle-call';

/** An agent's activity. */
export type AgentActivity = (input: unknown, call: CallContext) => Promise<CallOutcome>;

/** Run as local activities: short, free and idempotent. */
export interface RunActivities {
  readonly openRun: (input: OpenRunInput) => Promise<OpenedRun>;
  /** Returns the store key of what it kept. */
  readonly keepWork: (work: KeptWork, place?: KeepingPlace) => Promise<string>;
  readonly keepResult: (result: unknown, place?: KeepingPlace) => Promise<LargeOutput>;
  readonly settleCall: (call: SettleCallInput) => Promise<CallSpend>;
}

/** Everything a worker registers: one Activity Type per agent, `agent` for roles made at run time, and `RunActivities`. */
export type Activities = RunActivities & Readonly<Record<string, AgentActivity>>;

/**
 * Makes the activities of a worker.
 * @throws Error when an agent's name is one that Troupe itself uses.
 */
export function createActivities(deps: ActivityDeps): Activities {
  const run: RunActivities = {
    openRun: (input) => openRun(deps, input),
    keepWork: (work, place) => keepWork(deps, work, place),
    keepResult: (result, place) => keepResult(deps, result, place),
    settleCall: (call) => settleCall(deps, Context.current().info.namespace, call),
  };
  const callables = Object.values(deps.agents).map((agent) => registeredAgent(agent, deps.models));
  const calls: Record<string, AgentActivity> = { [DYNAMIC_AGENT]: activityOf(deps, dynamicAgent(DYNAMIC_AGENT, deps.models)) };
  for (const callable of callables) {
    const name = callable.activityType;
    if (name in run || name in calls) throw new Error(`Cannot register agent "${name}": the name is taken; rename the agent`);
    calls[name] = activityOf(deps, callable);
  }
  // The names of the two parts are disjoint, which an index signature cannot express.
  return { ...calls, ...run } as Activities;
}

function activityOf(deps: ActivityDeps, agent: CallableAgent): AgentActivity {
  return async (input, context) => {
    if (typeof context?.storeId !== 'string') {
      const message = `Cannot call "${agent.activityType}": its second argument is not the context of a call; start a pipeline instead`;
      throw failure({ type: FailureType.InvalidInput, message });
    }
    return callAgent({ deps, agent, site: currentCallSite(deps.now), input, context });
  };
}

import type { CallOutcome } from '../common/call';
import { unforeseen } from './call-failures';
import { logLineOf } from './call-log';
import { startBeat } from './call-site';
import { converse } from './converse';
import { beginCall, heartbeatOf, type CallArguments, type OpenCall } from './open-call';

/**
 * One attempt at one agent call: an answer of the journal is used, never paid for again; everything else is asked within
 * the grant, journaled, then checked. Whatever it ends with carries what the call has cost in all its attempts.
 */
export async function callAgent(given: CallArguments): Promise<CallOutcome> {
  const { deps, agent, site, context } = given;
  const startedAt = deps.now();
  let call: OpenCall | undefined;
  const stopBeat = startBeat(site, () => heartbeatOf(call));
  const log = (result: CallOutcome | { readonly error: Error }): void =>
    deps.log(logLineOf({ agent: agent.activityType, site, context, call, result, startedAt, endedAt: deps.now() }));
  try {
    deps.failpoints.hit('call-start');
    call = await beginCall(given);
    const outcome = await converse(call);
    log(outcome);
    return outcome;
  } catch (thrown) {
    const error = unforeseen(agent.activityType, thrown, call);
    log({ error });
    throw error;
  } finally {
    stopBeat();
  }
}

import type { CallJournal } from '../claude/journal';
import type { CallOutcome } from '../common/call';
import { latestSpend, leaving, unforeseen } from './call-failures';
import { logLineOf } from './call-log';
import { startBeat } from './call-site';
import { converse } from './converse';
import { beginCall, heartbeatOf, openJournal, type CallArguments, type OpenCall } from './open-call';

/**
 * One attempt at one agent call: an answer of the journal is used, never paid for again; everything else is asked within
 * the grant, journaled, then checked. Whatever it ends with carries what the call has cost in all its attempts.
 */
export async function callAgent(given: CallArguments): Promise<CallOutcome> {
  const { deps, agent, site, context } = given;
  const startedAt = deps.now();
  let journal: CallJournal | undefined;
  let call: OpenCall | undefined;
  const stopBeat = startBeat(site, () => heartbeatOf(call));
  const log = (result: CallOutcome | { readonly error: Error }): void =>
    deps.log(logLineOf({ agent: agent.activityType, site, context, call, result, startedAt, endedAt: deps.now() }, deps.claude.redact));
  try {
    deps.failpoints.hit('call-start');
    journal = await openJournal(given);
    call = await beginCall(given, journal);
    const outcome = await converse(call);
    // An attempt that was thought dead may have spent something since this one looked.
    await journal.refresh();
    const reported = { ...outcome, spend: journal.spend() };
    log(reported);
    deps.failpoints.hit('before-completion');
    return reported;
  } catch (thrown) {
    const error = leaving(unforeseen(agent.activityType, thrown), deps.claude.redact, await latestSpend(journal));
    log({ error });
    throw error;
  } finally {
    stopBeat();
  }
}

import { Context } from '@temporalio/activity';

import { batchesSince, createBatch, newestBatch } from '../../claude/batches';
import { readTicket, type TicketRecord } from '../../claude/batch-tickets';
import { classify } from '../../claude/failures';
import { isAnswered } from '../../claude/journal';
import type { Submission } from '../../common/batch';
import { failure, FailureType } from '../../common/failures';
import { beating } from '../beating';
import { refuseOtherCollector } from '../refuse-other-store';
import { watchBeats } from '../call-site';
import type { ActivityDeps } from '../deps';
import { batchFailure } from './claude-failure';
import { eachOf } from './each-of';
import { readSending, readSent, writeSending, writeSent, forgetSending, sentBatches, type Fence, type Sending } from './submission-notes';
import { noteWaiting, tellRuns, type Waiting } from './tell-runs';

export interface SubmitBatchInput {
  /** Names the submission in all its attempts. */
  readonly key: string;
  readonly tickets: readonly string[];
  /** Batches that are known not to be it. */
  readonly ruledOut: readonly string[];
}

/** Clocks of two machines may differ by so much, when that of the API cannot be seen. */
const CLOCK_SLACK_MS = 60_000;
/** A batch whose making was broken off is listed after so long, if there is one. */
const SETTLED_MS = 10_000;
const READS_AT_ONCE = 16;

/**
 * Sends tickets as one Message Batch. Creating one cannot be repeated safely and a batch cannot be marked, so it is written
 * down before that something will be sent: an attempt that finds such a note without an end does not send, it looks for the
 * batch. A failure that leaves open whether Claude took it keeps the note.
 */
export async function submitBatch(deps: ActivityDeps, input: SubmitBatchInput): Promise<Submission> {
  const { key, tickets, ruledOut } = input;
  const { store, now } = deps;
  refuseOtherCollector('send a batch', store);
  const { beaten, silentMs } = watchBeats(Context.current().info.heartbeatTimeoutMs, now);
  return beating(async () => {
    const sent = await readSent(store, key);
    if (sent !== undefined) return { kind: 'sent', batchId: sent };
    const earlier = await readSending(store, key);
    if (earlier !== undefined) {
      refuseOtherClaude(deps, earlier);
      const candidates = (await candidatesOf(deps, earlier)).filter((batchId) => !ruledOut.includes(batchId));
      if (candidates.length > 0) return { kind: 'unclear', candidates };
    }
    const records = await waitingOnes(deps, tickets);
    if (records.length > 0) return send(deps, { key, records, earlier, silentMs });
    await forgetSending(store, key);
    return { kind: 'nothing' };
  }, beaten);
}

interface Sent {
  readonly key: string;
  readonly records: readonly TicketRecord[];
  readonly earlier: Sending | undefined;
  /** For how long no beat went out, when that was too long. */
  readonly silentMs: () => number;
}

async function send(deps: ActivityDeps, { key, records, earlier, silentMs }: Sent): Promise<Submission> {
  const { store, claude, failpoints, now, simulated } = deps;
  const after = earlier?.after ?? (await fenceOf(deps));
  const counts = [...new Set([...(earlier?.counts ?? []), records.length])];
  await writeSending(store, key, { after, counts, simulated });
  failpoints.hit('before-batch');
  refuseAfterStandstill(silentMs());
  try {
    const { batchId } = await createBatch(claude, records);
    failpoints.hit('after-batch');
    await writeSent(store, key, batchId);
    return { kind: 'sent', batchId };
  } catch (thrown) {
    const { status, paid } = classify(thrown, now());
    // Whatever it means for an answer: a server that fails may have made the batch before.
    const refused = paid === 'no' && (status === undefined || status < 500);
    if (refused && earlier === undefined) await forgetSending(store, key);
    const action = `send a batch of ${records.length} requests`;
    // What may have been taken must be looked for: given up, its turns would pass for not charged.
    throw batchFailure(deps, thrown, { action, pauseMs: SETTLED_MS, ...(!refused && { always: true }) });
  }
}

/** That it cannot be seen is no reason not to send. */
async function fenceOf({ claude, now }: ActivityDeps): Promise<Fence> {
  try {
    const newest = await newestBatch(claude);
    return newest === undefined ? { createdAt: 0 } : { createdAt: newest.createdAt, batchId: newest.batchId };
  } catch {
    return { createdAt: now() - CLOCK_SLACK_MS };
  }
}

/** Only where it was sent can it be looked for. */
function refuseOtherClaude({ simulated }: ActivityDeps, earlier: Sending): void {
  if ((earlier.simulated ?? simulated) === simulated) return;
  const [theirs, ours] = simulated ? ['Claude', 'its simulator'] : ['the simulator', 'Claude'];
  const message = `Cannot look for a batch that may have been sent to ${theirs}: this worker has ${ours}; start one that has ${theirs}`;
  throw failure({ type: FailureType.WorkerFault, message, retryable: true });
}

/** Temporal gives up an attempt that went without a beat for too long, and another one may be sending the same by now. */
function refuseAfterStandstill(silent: number): void {
  if (silent === 0) return;
  const message = `Cannot send a batch: its worker stood still for ${silent} ms; give the worker more processor time`;
  throw failure({ type: FailureType.WorkerFault, message, retryable: true });
}

/** Those that nobody has answered or taken back meanwhile; runs that did not hear of their answer are told. What waits for the other Claude, simulated or real, is for its worker. */
async function waitingOnes({ store, simulated }: ActivityDeps, tickets: readonly string[]): Promise<TicketRecord[]> {
  const records: TicketRecord[] = [];
  const answered: Waiting = new Map();
  await eachOf(tickets, READS_AT_ONCE, async (ticket) => {
    const record = await readTicket(store, ticket);
    if (record === undefined || (record.simulated ?? simulated) !== simulated) return;
    if (await isAnswered(store, record.path, record.intent)) noteWaiting(answered, record);
    else records.push(record);
  });
  await tellRuns(answered);
  return records;
}

/** Batches of the same size, made since, that no other submission has. */
async function candidatesOf(deps: ActivityDeps, { after, counts }: Sending): Promise<string[]> {
  const since = await batchesSince(deps.claude, after.createdAt).catch((error: unknown) => {
    throw batchFailure(deps, error, { action: 'list the batches', always: true, pauseMs: SETTLED_MS });
  });
  const alike = since.filter(({ batchId, count }) => batchId !== after.batchId && counts.includes(count));
  const known = alike.length === 0 ? new Set<string>() : await sentBatches(deps.store);
  return alike.map(({ batchId }) => batchId).filter((batchId) => !known.has(batchId));
}

import type { Client } from '@temporalio/client';

import { secondsWithout, type Span } from './function-lives';

/** How long tasks of all runs waited until a function took them up. */
export interface TaskWaits {
  readonly tasks: number;
  readonly longestSeconds: number;
  /** Of the time that a task waited, the part in which no function lived at all: nobody had been woken for it yet. */
  readonly longestAloneSeconds: number;
  /** Workflow tasks that the server gave to somebody else, because the one that had been working on the run was gone or did not answer. */
  readonly timedOut: number;
}

type Events = NonNullable<Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']>;
type Time = Events[number]['eventTime'];

const AT_ONCE = 8;

const msOf = (time: Time): number => Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;

/** Reads the histories of every run on the server. */
export async function taskWaits(client: Client, lives: readonly Span[]): Promise<TaskWaits> {
  const all = { tasks: 0, longestSeconds: 0, longestAloneSeconds: 0, timedOut: 0 };
  let group: Array<Promise<TaskWaits>> = [];
  const add = async (): Promise<void> => {
    for (const { tasks, longestSeconds, longestAloneSeconds, timedOut } of await Promise.all(group)) {
      all.tasks += tasks;
      all.longestSeconds = Math.max(all.longestSeconds, longestSeconds);
      all.longestAloneSeconds = Math.max(all.longestAloneSeconds, longestAloneSeconds);
      all.timedOut += timedOut;
    }
    group = [];
  };
  for await (const { workflowId, runId } of client.workflow.list()) {
    group.push(
      client.workflow
        .getHandle(workflowId, runId)
        .fetchHistory()
        .then(({ events }) => waitsIn(events ?? [], lives)),
    );
    if (group.length === AT_ONCE) await add();
  }
  await add();
  return all;
}

/** Of one history. An activity that is tried again counts from its first try, which its start alone would not tell. */
export function waitsIn(events: Events, lives: readonly Span[]): TaskWaits {
  const scheduledAt = new Map<string, number>();
  let [tasks, longest, alone, timedOut] = [0, 0, 0, 0];
  for (const event of events) {
    scheduledAt.set(String(event.eventId), msOf(event.eventTime));
    if (event.workflowTaskTimedOutEventAttributes != null) timedOut += 1;
    const activity = event.activityTaskStartedEventAttributes;
    const started = event.workflowTaskStartedEventAttributes ?? (activity?.attempt === 1 ? activity : undefined);
    if (started == null) continue;
    tasks += 1;
    const to = msOf(event.eventTime);
    const from = scheduledAt.get(String(started.scheduledEventId)) ?? to;
    longest = Math.max(longest, to - from);
    alone = Math.max(alone, secondsWithout(lives, { from, to }));
  }
  return { tasks, longestSeconds: longest / 1_000, longestAloneSeconds: alone, timedOut };
}

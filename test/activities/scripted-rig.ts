import type { ApplicationFailure } from '@temporalio/common';

import type { FailureDetails } from '../../common/failures';
import { messageStart, openStream, sendEvent, startScriptedServer, type Script, type ScriptedServer } from '../claude/scripted-server';
import { startActivityRig, type ActivityRig } from './activity-rig';

export interface ScriptedRig {
  readonly rig: ActivityRig;
  readonly server: ScriptedServer;
}

const opened: Array<{ close(): Promise<void> }> = [];

/** Closes what a test has opened, latest first. */
export async function closeRigs(): Promise<void> {
  for (const one of opened.splice(0).reverse()) await one.close();
}

/** Closed by `closeRigs`. */
export function track<Opened extends { close(): Promise<void> }>(one: Opened): Opened {
  opened.push(one);
  return one;
}

/** The real activities against a server that plays scripts. */
export async function rigFor(
  scripts: Parameters<typeof startScriptedServer>[0],
  options: Parameters<typeof startActivityRig>[1] = {},
): Promise<ScriptedRig> {
  const server = track(await startScriptedServer(scripts));
  return { server, rig: track(await startActivityRig(server.url, options)) };
}

/** The failure that a promise must end with. */
export function failed(promise: Promise<unknown>): Promise<ApplicationFailure> {
  return promise.then(
    (value) => Promise.reject(new Error(`it succeeded with ${JSON.stringify(value)}`)),
    (error: ApplicationFailure) => error,
  );
}

export const detailsOf = (error: ApplicationFailure): FailureDetails => error.details?.[0] as FailureDetails;

export const GOOD = { answer: '{"said":"hello"}' } as const;

/** What `GOOD` costs: 100 prompt and 20 answer tokens of Haiku 5.5. */
export const COST = 100 * 100_000 + 20 * 500_000;

/** Begins to answer and breaks off. */
export const CUT: Script = {
  raw: (response) => {
    openStream(response);
    sendEvent(response, messageStart());
    setImmediate(() => response.destroy());
  },
};

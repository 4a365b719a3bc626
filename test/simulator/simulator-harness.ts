import Anthropic from '@anthropic-ai/sdk';
import { fetch } from 'undici';

import { startSimulator, type BillRecord, type Simulator, type SimulatorOptions } from '../../simulator';

const running: Simulator[] = [];

/** Starts a simulator that `stopSimulators` stops. */
export async function simulatorFor(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

export async function stopSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

type ClientOptions = ConstructorParameters<typeof Anthropic>[0];

export function clientOf(simulator: Simulator, options: ClientOptions = {}): Anthropic {
  // The bundled fetch makes its errors outside the test's realm, where `instanceof Error` does not know them.
  const ownFetch = fetch as unknown as typeof globalThis.fetch;
  return new Anthropic({ apiKey: 'test', baseURL: simulator.url, maxRetries: 0, logLevel: 'off', fetch: ownFetch, ...options });
}

/** A small request; thinking is off so that texts are easy to find. */
export const HELLO = {
  model: 'claude-haiku-5-5',
  max_tokens: 300,
  messages: [{ role: 'user' as const, content: '<topic>Remote work in small teams</topic>\nWrite two paragraphs.' }],
};

/** Asks with a fault for this request only. */
export const withFault = (fault: string | object, headers: Record<string, string> = {}) => ({
  headers: { 'x-sim-fault': typeof fault === 'string' ? fault : JSON.stringify(fault), ...headers },
});

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('Expected a rejection');
}

/** The innermost cause's code. */
export function causeCode(error: unknown): string | undefined {
  let at = error as { cause?: unknown; code?: string } | undefined;
  while (at?.cause !== undefined) at = at.cause as typeof at;
  return at?.code;
}

/** The bill's last line. */
export function lastRecord(simulator: Simulator): BillRecord {
  const record = simulator.requests().at(-1);
  if (record === undefined) throw new Error('The bill is empty');
  return record;
}

/** Polls a fact that another process or the network brings about. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>, limitMs = 45_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

import type { AddressInfo } from 'node:net';

import type { BatchProgress } from './batches/batches';
import type { RequestFilter } from './bill';
import type { BillRecord } from './bill-record';
import type { SimulatorStats } from './bill-stats';
import type { FaultRule } from './faults';
import type { ConfigChange, SimulatorOptions } from './options';
import type { AnswerRule } from './rules';
import { createSimulatorServer } from './server';
import { createSimulation } from './simulation';

/** A running simulator of the Claude API. */
export interface Simulator {
  /** Base URL for a client, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** The bill: every request, oldest first, those in flight with outcome `open`. */
  requests(filter?: RequestFilter): BillRecord[];
  stats(): SimulatorStats;
  /** Replaces the faults; counts of `nth` start again, and what a `hold` has held is answered. @throws RangeError for an unknown kind */
  setFaults(faults: readonly FaultRule[]): void;
  /** Replaces the scripted answers. */
  setRules(rules: readonly AnswerRule[]): void;
  /** Changes latency, limits or variability for requests that arrive from now on. */
  configure(change: ConfigChange): void;
  /** All batches, oldest first, and how far they really are. */
  batches(): BatchProgress[];
  /** Moves the simulator's clock, which cache lifetimes, rate limits and batches follow: a request about a batch then waits for what is due. */
  advanceClock(ms: number): void;
  /** Empties the bill, the prompt cache and the rate-limit buckets, and forgets ended batches. */
  reset(): void;
  /** Drops open connections and closes the bill. */
  close(): Promise<void>;
}

/**
 * Starts a simulator in this process.
 * @throws RangeError for a wrong option; Error `Cannot start the simulator: …` when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulation = createSimulation(options);
  const server = createSimulatorServer(simulation);
  const host = options.host ?? '127.0.0.1';
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, host, resolve);
    });
  } catch (error) {
    simulation.close();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot start the simulator: ${why}; choose another port, or 0 for a free one`, { cause: error });
  }
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    batches: () => simulation.batches.progress(),
    requests: (filter) => simulation.bill.records(filter),
    stats: () => simulation.bill.stats(),
    setFaults: (faults) => simulation.faults.set(faults),
    setRules: (rules) => simulation.rules.set(rules),
    configure: (change) => simulation.configure(change),
    advanceClock: (ms) => simulation.clock.advance(ms),
    reset: () => simulation.reset(),
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => {
          simulation.close();
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

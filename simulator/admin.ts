import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FaultRule } from './faults';
import type { ConfigChange } from './options';
import type { AnswerRule } from './rules';
import type { Simulation } from './simulation';

interface AdminCall {
  readonly simulation: Simulation;
  readonly query: URLSearchParams;
  /** The JSON body; undefined without one. */
  readonly body: unknown;
}

type Handler = (call: AdminCall) => unknown;

/** A list itself, or the list under a name. */
function listIn<Item>(body: unknown, name: string): Item[] {
  const list = Array.isArray(body) ? body : (body as Record<string, unknown> | undefined)?.[name];
  if (!Array.isArray(list)) throw new RangeError(`Cannot set ${name}: the body holds no list; send {"${name}": [...]}`);
  return list as Item[];
}

function filterOf(query: URLSearchParams) {
  const since = query.get('since');
  const text = (name: string) => query.get(name) ?? undefined;
  const given = { since: since === null ? undefined : Number(since), agent: text('agent'), workflow: text('workflow'), hash: text('hash') };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /__sim/health': ({ simulation }) => ({
    ok: true,
    simulator: true,
    seed: simulation.seed,
    inFlight: simulation.bill.inFlight,
    now: simulation.clock.now(),
  }),
  'GET /__sim/requests': ({ simulation, query }) => ({ requests: simulation.bill.records(filterOf(query)) }),
  'GET /__sim/stats': ({ simulation }) => simulation.bill.stats(),
  'GET /__sim/batches': async ({ simulation }) => {
    await simulation.batches.caughtUp();
    return { batches: simulation.batches.progress() };
  },
  'GET /__sim/config': ({ simulation }) => simulation.config(),
  'POST /__sim/config': ({ simulation, body }) => {
    simulation.configure((body ?? {}) as ConfigChange);
    return simulation.config();
  },
  'POST /__sim/reset': ({ simulation }) => {
    simulation.reset();
    return { ok: true };
  },
  'GET /__sim/faults': ({ simulation }) => ({ faults: simulation.faults.rules() }),
  'POST /__sim/faults': ({ simulation, body }) => {
    simulation.faults.set(listIn<FaultRule>(body, 'faults'));
    return { faults: simulation.faults.rules() };
  },
  'GET /__sim/rules': ({ simulation }) => ({ rules: simulation.rules.rules() }),
  'POST /__sim/rules': ({ simulation, body }) => {
    simulation.rules.set(listIn<AnswerRule>(body, 'rules'));
    return { rules: simulation.rules.rules() };
  },
  'POST /__sim/clock': async ({ simulation, body }) => {
    const { advance_s: seconds } = (body ?? {}) as { advance_s?: unknown };
    simulation.clock.advance(typeof seconds === 'number' ? seconds * 1_000 : Number.NaN);
    await simulation.batches.caughtUp();
    return { now: simulation.clock.now() };
  },
};

/** Answers a request below `/__sim/`: 200 with JSON, 400 with what is wrong, 404 for anything unknown. */
export async function handleAdmin(
  simulation: Simulation,
  http: { readonly request: IncomingMessage; readonly response: ServerResponse },
  call: { readonly url: URL; readonly text: string },
): Promise<void> {
  const send = (status: number, body: unknown): void => {
    http.response.writeHead(status, { 'content-type': 'application/json' });
    http.response.end(JSON.stringify(body));
  };
  const route = `${http.request.method === 'HEAD' ? 'GET' : http.request.method} ${call.url.pathname}`;
  const handler = HANDLERS[route];
  if (handler === undefined)
    return send(404, { error: `Cannot answer ${route}: no such endpoint; use one of ${Object.keys(HANDLERS).join(', ')}` });
  try {
    const body: unknown = call.text.trim() === '' ? undefined : JSON.parse(call.text);
    send(200, await handler({ simulation, query: call.url.searchParams, body }));
  } catch (error) {
    send(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

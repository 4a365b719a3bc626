import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { startGuarded, type GuardedProcess } from '../../../worker/local/guarded-process';

export interface FunctionSpec {
  readonly arn: string;
  /** Starts an environment's process; it finds the Runtime API in `AWS_LAMBDA_RUNTIME_API`. */
  readonly command: readonly [string, ...string[]];
  /** Where the handler is; also its folder of work. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly env: Readonly<Record<string, string>>;
  /** The process of an invocation that takes longer is killed. */
  readonly timeoutMs: number;
  /** Output of the environments. */
  readonly logFolder: string;
}

/** One invocation and what became of it. */
export interface Invoked {
  /** Number of the environment, from 1. */
  readonly environment: number;
  /** Whether the environment was started for it. */
  readonly cold: boolean;
  readonly how: 'response' | 'error' | 'timeout' | 'died';
  readonly durationMs: number;
  /** What the handler returned, or its error. */
  readonly body: unknown;
}

/** Runs a function as Lambda does: one environment an invocation at a time, kept frozen for the next one, killed at its limit. */
export interface FunctionService {
  /** As an asynchronous invocation: it returns before anything has run. */
  invoke(): void;
  readonly invoked: readonly Invoked[];
  /** Environments that work at this moment. */
  busy(): number;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly startedAt: number;
  readonly cold: boolean;
  readonly limit: NodeJS.Timeout;
}

interface Environment {
  readonly number: number;
  readonly api: Server;
  process?: GuardedProcess;
  /** The request of the runtime for its next invocation, while it has none. */
  asking?: ServerResponse;
  /** Given, but not yet asked for. */
  given?: Invocation;
  running?: Invocation;
}

export function createFunctionService(spec: FunctionSpec): FunctionService {
  const invoked: Invoked[] = [];
  const environments = new Set<Environment>();
  let started = 0;

  function finish(environment: Environment, how: Invoked['how'], body: unknown): void {
    const invocation = environment.running ?? environment.given;
    if (invocation === undefined) return;
    delete environment.running;
    delete environment.given;
    clearTimeout(invocation.limit);
    invoked.push({ environment: environment.number, cold: invocation.cold, how, durationMs: Date.now() - invocation.startedAt, body });
  }

  function give(environment: Environment, cold: boolean): void {
    const limit = setTimeout(() => {
      finish(environment, 'timeout', null);
      environment.process?.kill();
    }, spec.timeoutMs);
    environment.given = { id: randomUUID(), startedAt: Date.now(), cold, limit };
    const { asking, process } = environment;
    if (asking === undefined) return;
    if (process !== undefined) globalThis.process.kill(process.pid, 'SIGCONT');
    deliver(environment, asking);
  }

  function deliver(environment: Environment, response: ServerResponse): void {
    const invocation = environment.given;
    if (invocation === undefined) {
      environment.asking = response;
      // Between invocations nothing of a function runs, timers and connections included.
      if (environment.process !== undefined) process.kill(environment.process.pid, 'SIGSTOP');
      return;
    }
    delete environment.asking;
    delete environment.given;
    environment.running = invocation;
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.startedAt + spec.timeoutMs),
      'lambda-runtime-invoked-function-arn': spec.arn,
    });
    response.end('{}');
  }

  async function answer(environment: Environment, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, action = ''] = /^\/2018-06-01\/runtime\/(?:invocation\/[^/]+\/|invocation\/|init\/)(\w+)$/.exec(request.url ?? '') ?? [];
    const body = await text(request);
    if (action === 'next') return deliver(environment, response);
    if (action === 'response' || action === 'error') finish(environment, action, parsed(body));
    response.writeHead(action === '' ? 404 : 202, { 'content-type': 'application/json' }).end('{}');
  }

  async function start(): Promise<void> {
    const number = (started += 1);
    const api = createServer((request, response) => void answer(environment, request, response));
    const environment: Environment = { number, api };
    environments.add(environment);
    give(environment, true);
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const [, , , , , , name = '', version = ''] = spec.arn.split(':');
    environment.process = await startGuarded({
      command: spec.command,
      cwd: spec.taskRoot,
      env: {
        PATH: process.env['PATH'],
        ...spec.env,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: version,
        LAMBDA_TASK_ROOT: spec.taskRoot,
        _HANDLER: spec.handler,
      },
      logFile: path.join(spec.logFolder, `environment-${number}.log`),
    });
    void environment.process.ended.then((how) => {
      finish(environment, 'died', how);
      environments.delete(environment);
      api.closeAllConnections();
      api.close();
    });
  }

  const isFree = ({ asking, given, running }: Environment) => asking !== undefined && given === undefined && running === undefined;
  return {
    invoke() {
      const free = [...environments].find(isFree);
      if (free === undefined) void start();
      else give(free, false);
    },
    invoked,
    busy: () => [...environments].filter((each) => !isFree(each)).length,
    async close() {
      const processes = [...environments].flatMap((each) => each.process ?? []);
      for (const each of processes) each.kill();
      await Promise.all(processes.map(({ ended }) => ended));
    },
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { buildGoTool } from '../../worker/local/build-go-tool';
import { cacheDir } from '../../worker/local/cache-dir';
import { freePorts } from '../../worker/local/free-ports';
import { startGuarded } from '../../worker/local/guarded-process';
import { packageRoot } from '../../worker/local/package-root';
import { until } from './until';

const VERSION = '1.8.0';

/** A real S3 server over a folder of this machine. */
export interface S3Gateway {
  readonly endpoint: string;
  readonly bucket: string;
  /** What a program needs in its environment to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** File with a line for each request, in the format of S3's own access logs. */
  readonly accessLog: string;
  readonly pid: number;
  close(): Promise<void>;
}

export interface S3GatewayOptions {
  /** Address to listen on. @default 127.0.0.1 */
  readonly host?: string;
}

/** Starts the gateway with one empty bucket. Built with Go the first time on a machine, which takes some minutes. */
export async function startS3Gateway({ host = '127.0.0.1' }: S3GatewayOptions = {}): Promise<S3Gateway> {
  const program = await gatewayProgram();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-s3-'));
  const bucket = 'troupe-test';
  mkdirSync(path.join(folder, 'data', bucket), { recursive: true });
  const keys = ['--access', 'test', '--secret', 'test-secret', '--region', 'us-east-1'];
  const log = path.join(folder, 'access.log');
  const { child, endpoint } = await startOnFreePort(host, (address) => ({
    command: [program, '--port', address, '--access-log', log, ...keys, 'posix', path.join(folder, 'data')],
    env: { PATH: process.env['PATH'], HOME: folder },
    logFile: path.join(folder, 'gateway.log'),
  }));
  return {
    endpoint,
    bucket,
    accessLog: log,
    pid: child.pid,
    env: { AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test-secret', AWS_REGION: 'us-east-1' },
    close: async () => {
      await child.stop(5_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ATTEMPTS = 5;

/** Resolves when it answers. A port that was free may be another's by the time that it is asked for; then the next one is. */
async function startOnFreePort(host: string, options: (address: string) => Parameters<typeof startGuarded>[0]) {
  for (let attempt = 1; ; attempt += 1) {
    const [port = 0] = await freePorts([0]);
    const endpoint = `http://${host}:${port}`;
    const child = await startGuarded(options(`${host}:${port}`));
    const answers = until(async () => (await fetch(endpoint)).status > 0).then(() => undefined);
    const ended = await Promise.race([answers, child.ended]);
    if (ended === undefined) return { child, endpoint };
    answers.catch(() => undefined);
    if (attempt === ATTEMPTS) throw new Error(`Cannot start an S3 server: it ended with ${ended}; read its log "gateway.log"`);
  }
}

async function gatewayProgram(): Promise<string> {
  const program = path.join(cacheDir(process.env), 'versitygw', VERSION, 'versitygw');
  if (existsSync(program)) return program;
  const output = `${program}.${process.pid}.new`;
  mkdirSync(path.dirname(output), { recursive: true });
  const tool = {
    moduleFolder: path.join(packageRoot(), 'test', 'helpers', 's3-gateway'),
    package: 'github.com/versity/versitygw/cmd/versitygw',
    ldflags: '-s -w',
    doing: 'Building an S3 server for tests with Go (once, a few minutes)',
  };
  const problem = await buildGoTool(tool, { env: process.env, output, onProgress: (line) => process.stderr.write(`${line}\n`) });
  if (problem !== undefined) throw new Error(`Cannot build an S3 server: ${problem}; install Go`);
  renameSync(output, program);
  return program;
}

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';

import { packageRoot } from '../../worker/local/package-root';

/** What a command left behind. */
export interface CommandEnd {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** No command of a test takes this long; one that hangs must not hang the test. */
const LIMIT_MS = 180_000;

/** Runs the built `troupe` on a local stack of its own in `dataDir`, with simulated answers. */
export async function troupe(args: readonly string[], dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<CommandEnd> {
  const { PATH, HOME, TMPDIR, TROUPE_CACHE } = process.env;
  const inherited = Object.entries({ PATH, HOME, TMPDIR, TROUPE_CACHE }).filter(([, value]) => value !== undefined);
  const child = spawn(process.execPath, [path.join(packageRoot(), 'dist', 'client', 'cli', 'main.js'), ...args], {
    env: { ...Object.fromEntries(inherited), TROUPE_DATA: dataDir, TROUPE_PORT: '0', TROUPE_UI_PORT: '0', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [ended, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: ended, stdout, stderr };
}

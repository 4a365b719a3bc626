import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { startGuarded, type GuardedOptions, type GuardedProcess } from './guarded-process';
import { lastLines } from './log-file';

export interface ReportingOptions<Report> extends Omit<GuardedOptions, 'stdout' | 'stdin'> {
  /** For messages: `the worker`. */
  readonly name: string;
  /** Picks the report out of a JSON line of stdout; undefined for any other line. */
  readonly report: (line: unknown) => Report | undefined;
  /** Milliseconds until the report must have come. @default 60 000 */
  readonly limitMs?: number;
}

/**
 * Starts one of our programs and resolves when it reports on stdout that it is ready. Its output goes to its log.
 * @throws Error `Cannot start <name>: …` when it ends or stays silent instead; it is gone then.
 */
export async function startReporting<Report>(options: ReportingOptions<Report>): Promise<{ child: GuardedProcess; report: Report }> {
  const child = await startGuarded({ ...options, stdout: 'lines', stdin: true });
  const limitMs = options.limitMs ?? 60_000;
  const fail = (why: string) => new Error(`Cannot start ${options.name}: ${why}: ${lastLines(child.logFile)}; see "${child.logFile}"`);
  let timer: NodeJS.Timeout | undefined;
  try {
    const report = await new Promise<Report>((resolve, reject) => {
      readReport(child, options.report, resolve);
      timer = setTimeout(() => reject(fail(`it was not ready within ${limitMs} ms`)), limitMs);
      void child.ended.then((how) => reject(fail(`it ended with ${how}`)));
    });
    return { child, report };
  } catch (error) {
    child.kill();
    await child.ended;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function readReport<Report>(child: GuardedProcess, pick: (line: unknown) => Report | undefined, found: (report: Report) => void): void {
  if (child.stdout === null) return;
  const log = createWriteStream(child.logFile, { flags: 'a' });
  log.on('error', () => undefined);
  child.stdout.pipe(log);
  const lines = createInterface({ input: child.stdout });
  lines.on('error', () => undefined);
  lines.on('line', (line) => {
    const report = pick(parseJson(line));
    if (report !== undefined) found(report);
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

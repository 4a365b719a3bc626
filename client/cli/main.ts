#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CommanderError } from 'commander';

import { packageRoot } from '../../worker/local/package-root';
import { TroupeError } from '../../common/troupe-error';
import { ExitCode, exitCodeOf } from './exit-codes';
import { err, say } from './output';
import { buildProgram } from './program';
import { usageError } from './usage-error';

/** Commander ends --help and --version with an error that is none. */
const SHOWN = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}

/** Says in one line what went wrong; programs get the code. */
function report(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  say(err.colors.red(message.replaceAll(/\s*\n\s*/g, ' ')));
  if (process.env['TROUPE_LOG_LEVEL'] === 'debug' && error instanceof Error) say(error.stack ?? '');
  else if (!(error instanceof TroupeError)) say(err.colors.dim('Set TROUPE_LOG_LEVEL=debug to see where it happened'));
  return exitCodeOf(error);
}

async function main(args: readonly string[]): Promise<number> {
  let code: number = ExitCode.done;
  const program = buildProgram(version(), async (ending) => {
    code = await ending;
  });
  if (args.length === 0) {
    program.outputHelp({ error: true });
    return ExitCode.badInput;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error);
    if (SHOWN.includes(error.code)) return error.exitCode === 0 ? ExitCode.done : ExitCode.badInput;
    const command = program.commands.find((known) => known.name() === args[0]);
    return report(usageError(error, command === undefined ? 'npx troupe' : `npx troupe ${command.name()}`));
  }
}

function exit(code: number): void {
  // Whatever still holds the event loop, a half-closed connection for instance, must not hold the prompt. What was printed
  // has left first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

// The reader of a pipe may go first, as in `troupe list | head -1`; nobody is left to tell. Without anybody to talk to, the
// command goes on, and its exit code says how it ended.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stdout) process.exit(ExitCode.done);
  });
}
process.on('uncaughtException', (error) => exit(report(error)));
process.on('unhandledRejection', (error) => exit(report(error)));
void main(process.argv.slice(2)).then(exit);

import { execFile } from 'node:child_process';

export interface ToolEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Runs a program to its end, whatever its exit code. @throws Error when it cannot be started */
export function runTool(command: readonly [string, ...string[]], { cwd, env = process.env }: ToolOptions = {}): Promise<ToolEnd> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: { ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** What a program that must do well has printed. @throws Error with what it complained of */
export async function outputOf(command: readonly [string, ...string[]], options: ToolOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runTool(command, options);
  if (code === 0) return stdout;
  throw new Error(`Cannot run "${command.join(' ')}": it ended with code ${code}: ${(stderr || stdout).trim().slice(-600)}`);
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { installOnce } from './install-once';
import { outputOf, runTool, type ToolEnd } from './run-tool';

const HERE = path.join(__dirname, 'python');
const REQUIREMENTS = path.join(HERE, 'requirements.txt');

/** Validators written in Python, and our own look at what they see. */
export interface PythonTools {
  cfnLint(files: readonly string[]): Promise<ToolEnd>;
  kubernetesValidate(files: readonly string[]): Promise<ToolEnd>;
  hadolint(file: string): Promise<ToolEnd>;
  /** Runs `python/inspect_deploy.py`, which prints JSON. */
  inspect(...args: string[]): Promise<unknown>;
}

/** What this machine lacks for them; undefined when it has all. */
export function missingForPython(): string | undefined {
  const asked = spawnSync('python3', ['-c', 'import sys, pip; print(*sys.version_info[:2])'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (asked.stdout ?? '').split(' ').map(Number);
  return major > 3 || (major === 3 && minor >= 10) ? undefined : 'Python 3.10 or newer with pip';
}

export async function pythonTools(): Promise<PythonTools> {
  const version = await outputOf(['python3', '-c', 'import sys, platform; print(*sys.version_info[:2], platform.machine(), sep=".")']);
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = await installOnce(`python-${version.trim()}-${hash}`, async (target) => {
    const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary=:all:', '--require-hashes'];
    await outputOf(['python3', '-m', 'pip', 'install', ...flags, '--target', target, '--requirement', REQUIREMENTS]);
  });
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', NO_COLOR: '1' };
  const bin = (name: string) => path.join(folder, 'bin', name);
  return {
    cfnLint: (files) => runTool([bin('cfn-lint'), '--format', 'parseable', ...files], { env }),
    kubernetesValidate: (files) => runTool([bin('kubernetes-validate'), '--strict', ...files], { env }),
    hadolint: (file) => runTool([bin('hadolint'), '--no-color', file], { env }),
    inspect: async (...args) => JSON.parse(await outputOf(['python3', path.join(HERE, 'inspect_deploy.py'), ...args], { env })),
  };
}

import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { buildGoTool } from '../../../worker/local/build-go-tool';
import { findOnPath } from '../../../worker/local/executables';
import { installOnce } from './install-once';
import { outputOf } from './run-tool';

const KUSTOMIZE = '5.8.1';
const KEDA = '2.21.0';
const SCALER = 'temporal_scaler.go';

/** What this machine lacks for them; undefined when it has all. */
export function missingForGo(): string | undefined {
  return findOnPath('go', process.env) === undefined ? 'Go' : undefined;
}

/** Path of a kustomize of our own version. */
export async function kustomizeProgram(): Promise<string> {
  const folder = await installOnce(`kustomize-${KUSTOMIZE}`, async (made) => {
    const tool = {
      moduleFolder: path.join(__dirname, 'kustomize'),
      package: 'sigs.k8s.io/kustomize/kustomize/v5',
      ldflags: '-s -w',
      doing: 'Building kustomize with Go (once)',
    };
    const onProgress = (line: string) => process.stderr.write(`${line}\n`);
    const problem = await buildGoTool(tool, { env: process.env, output: path.join(made, 'kustomize'), onProgress });
    if (problem !== undefined) throw new Error(`Cannot build kustomize: ${problem}; install Go`);
  });
  return path.join(folder, 'kustomize');
}

/** Folder with the definitions of KEDA's resources and its scaler for Temporal, as KEDA publishes them in its Go module. */
export function kedaDefinitions(): Promise<string> {
  return installOnce(`keda-${KEDA}-with-scaler`, async (made) => {
    const module = path.join(made, 'module');
    mkdirSync(module);
    for (const file of ['go.mod', 'go.sum']) copyFileSync(path.join(__dirname, 'keda', file), path.join(module, file));
    const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: process.env['GOTOOLCHAIN'] || 'auto' };
    const said = await outputOf(['go', 'mod', 'download', '-json', 'github.com/kedacore/keda/v2'], { cwd: module, env });
    const { Dir, Version } = JSON.parse(said) as { Dir: string; Version: string };
    if (Version !== `v${KEDA}`) throw new Error(`Cannot take KEDA's definitions: go.mod says ${Version}, this file v${KEDA}`);
    for (const name of ['scaledobjects', 'triggerauthentications']) {
      copyFileSync(path.join(Dir, 'config', 'crd', 'bases', `keda.sh_${name}.yaml`), path.join(made, `${name}.yaml`));
    }
    copyFileSync(path.join(Dir, 'pkg', 'scalers', 'temporal_scaler.go'), path.join(made, SCALER));
    rmSync(module, { recursive: true });
  });
}

/** A field of a trigger for Temporal. */
export interface TriggerField {
  /** Go's type. */
  readonly type: string;
  /** Whether its value may come from a variable of the worker: with `FromEnv` behind its name. */
  readonly fromEnv: boolean;
}

/** The fields that KEDA's scaler for Temporal reads from a trigger, those left out that it no longer heeds: whatever else stands there, it ignores. */
export async function triggerFields(): Promise<ReadonlyMap<string, TriggerField>> {
  const source = readFileSync(path.join(await kedaDefinitions(), SCALER), 'utf8');
  const fields = [...source.matchAll(/^\t\w+ +(\S+) +`keda:"name=(\w+), *order=([\w;]+)([^`]*)"`$/gm)].filter(
    ([, , , order = '', rest = '']) => order.startsWith('triggerMetadata') && !rest.includes('deprecated'),
  );
  return new Map(fields.map(([, type = '', name = '', order = '']) => [name, { type, fromEnv: order.includes('resolvedEnv') }]));
}

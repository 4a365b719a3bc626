import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { kedaDefinitions, kustomizeProgram } from './go-tools';
import { pythonTools, type PythonTools } from './python-tools';
import { outputOf } from './run-tool';

export const K8S = path.join(__dirname, '..', '..', '..', 'deploy', 'k8s');
export const OVERLAYS = readdirSync(path.join(K8S, 'overlays'));

export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** What was seen of a file of manifests. */
export interface Looked {
  readonly documents: readonly Manifest[];
  /** Kinds that a custom resource definition describes. */
  readonly described: readonly string[];
  readonly faults: readonly string[];
}

/** A fault in a copy. */
export interface Plant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The overlays as kustomize puts them out. */
export interface Overlays {
  readonly tools: PythonTools;
  /** Path of what was built of an overlay or a copy. */
  fileOf(name: string): string;
  /** Builds a copy with a fault in it. @returns path of what came out */
  build(name: string, overlay: string, plant?: Plant): Promise<string>;
  inspect(...files: string[]): Promise<Looked[]>;
  documentsOf(overlay: string): readonly Manifest[];
  faultsOf(overlay: string): Looked;
  /** The only document of a kind. */
  one<Spec>(overlay: string, kind: string): Manifest & { readonly spec: Spec };
  remove(): void;
}

export async function buildOverlays(): Promise<Overlays> {
  const [tools, definitions, kustomize] = await Promise.all([pythonTools(), kedaDefinitions(), kustomizeProgram()]);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-k8s-'));
  const fileOf = (name: string): string => path.join(folder, `${name}.yaml`);
  const build = async (name: string, overlay: string, plant?: Plant): Promise<string> => {
    const copy = path.join(folder, name);
    cpSync(K8S, copy, { recursive: true });
    if (plant !== undefined) {
      const file = path.join(copy, plant.file);
      const text = readFileSync(file, 'utf8');
      if (!text.includes(plant.from)) throw new Error(`Cannot plant a fault: "${plant.file}" has no "${plant.from}"; correct the test`);
      writeFileSync(file, text.replace(plant.from, plant.to));
    }
    await outputOf([kustomize, 'build', path.join(copy, 'overlays', overlay), '--output', fileOf(name)]);
    return fileOf(name);
  };
  const inspect = async (...files: string[]) => (await tools.inspect('manifests', definitions, ...files)) as Looked[];
  const results = await inspect(...(await Promise.all(OVERLAYS.map((overlay) => build(overlay, overlay)))));
  const faultsOf = (overlay: string): Looked => {
    const found = results[OVERLAYS.indexOf(overlay)];
    if (found === undefined) throw new Error(`There is no overlay "${overlay}"`);
    return found;
  };
  const documentsOf = (overlay: string) => faultsOf(overlay).documents;
  const one = <Spec>(overlay: string, kind: string) => {
    const [found, ...more] = documentsOf(overlay).filter((each) => each.kind === kind);
    if (found === undefined || more.length > 0) throw new Error(`The overlay "${overlay}" does not have exactly one ${kind}`);
    return found as Manifest & { readonly spec: Spec };
  };
  return { tools, fileOf, build, inspect, documentsOf, faultsOf, one, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

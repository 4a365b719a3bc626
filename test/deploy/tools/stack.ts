import path from 'node:path';

import type { PythonTools } from './python-tools';

export const TEMPLATE = path.join(__dirname, '..', '..', '..', 'deploy', 'lambda', 'template.yaml');

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The template as CloudFormation gets it. */
export interface Stack {
  readonly Parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** Translates the template, once for each key of a package. */
export const translateTemplate = async (tools: PythonTools, ...keys: string[]): Promise<Stack[]> =>
  (await tools.inspect('translate', TEMPLATE, ...keys)) as Stack[];

export function resourceOf(stack: Stack, name: string): Resource {
  const found = stack.Resources[name];
  if (found === undefined) throw new Error(`The template has no resource "${name}"`);
  return found;
}

export const resourcesOf = (stack: Stack, type: string): [string, Resource][] =>
  Object.entries(stack.Resources).filter(([, each]) => each.Type === type);

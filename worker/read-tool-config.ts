import { readFileSync } from 'node:fs';

import type { AnyTool } from '../activities/tools/any-tool';
import { parseToolConfig, type ToolConfig } from '../activities/tools/tool-config';

/**
 * Reads the tools file; without a path, every tool has its defaults.
 * @throws Error `Cannot read the tools file "…": …` naming the place, never a key
 */
export function readToolConfig(
  path: string | undefined,
  tools: Readonly<Record<string, AnyTool>>,
  env: Readonly<Record<string, string | undefined>>,
): ToolConfig {
  if (path === undefined) return parseToolConfig({}, tools, env);
  try {
    return parseToolConfig(parseJson(readFileSync(path, 'utf8')), tools, env);
  } catch (error) {
    const { message: reason } = error as Error; // nothing here throws anything else
    throw new Error(`Cannot read the tools file "${path}": ${reason}; see docs/tools.md`);
  }
}

/** The engine's own message would quote the file, and with it a key. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
}

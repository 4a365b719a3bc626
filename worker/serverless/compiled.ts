import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { constants, Script } from 'node:vm';

/**
 * Loads a CommonJS file like `require`, but does not compile what `keepCompiled` has kept of it. Without that, or when it is another
 * Node's, the file is compiled as ever.
 * @param file absolute
 * @returns what it exports
 */
export function loadCompiled(file: string): unknown {
  return run(file, scriptOf(file, keptOf(file)));
}

/**
 * Keeps beside a file what the engine makes of it, with all functions that have run by then. The engine does not notice when the file
 * is another one of the same length: whoever writes the file writes this, too.
 * @param warm Gets what the file exports, and runs what should be compiled already.
 */
export function keepCompiled(file: string, warm: (exported: unknown) => void): void {
  const script = scriptOf(file);
  warm(run(file, script));
  writeFileSync(keptAs(file), script.createCachedData());
}

const keptAs = (file: string): string => `${file}.compiled`;

function keptOf(file: string): Buffer | undefined {
  try {
    return readFileSync(keptAs(file));
  } catch {
    return undefined;
  }
}

function scriptOf(file: string, cachedData?: Buffer): Script {
  return new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData !== undefined && { cachedData }),
  });
}

function run(file: string, script: Script): unknown {
  const module = { exports: {} };
  // The wrapper above says what it is.
  const wrapped = script.runInThisContext() as (...given: unknown[]) => void;
  wrapped(module.exports, createRequire(file), module, file, path.dirname(file));
  return module.exports;
}

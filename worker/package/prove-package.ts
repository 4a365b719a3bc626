import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { NATIVE_TARGETS, type Architecture } from './bundle-function';

/** `e_machine` of an ELF file, at this place. */
const MACHINE_AT = 18;
const MACHINES: { readonly [architecture in Architecture]: number } = { x64: 62, arm64: 183 };

function unpacked(file: string): Readonly<Record<string, Uint8Array>> {
  const { unzipSync } = require('fflate') as typeof import('fflate');
  return unzipSync(readFileSync(file));
}

/**
 * Makes sure that an archive holds the native part of its processor, and no other.
 * @throws Error `Cannot package …`
 */
export function proveNative(file: string, architecture: Architecture): void {
  const native = Object.entries(unpacked(file)).filter(([name]) => name.endsWith('.node'));
  const [found] = native;
  const expected = `releases/${NATIVE_TARGETS[architecture]}/index.node`;
  const machine = found === undefined ? undefined : Buffer.from(found[1]).readUInt16LE(MACHINE_AT);
  if (native.length === 1 && found?.[0] === expected && machine === MACHINES[architecture]) return;
  throw new Error(`Cannot package the function: "${file}" should hold "${expected}" for ${architecture} and no other native part`);
}

/** Unpacks an archive into a folder. */
export function unpack(file: string, folder: string): void {
  for (const [name, content] of Object.entries(unpacked(file))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

const PROOF = "if (typeof require('./index').handler !== 'function') throw new Error('it exports no handler')";

/**
 * Makes sure that the handler loads where there is nothing but the archive's content.
 * @throws Error `Cannot package …`
 */
export function proveLoads(file: string): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-function-'));
  try {
    unpack(file, folder);
    execFileSync(process.execPath, ['-e', PROOF], { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    const why = /^(\w*Error: .*)$/m.exec(said)?.[1] ?? said.slice(0, 300);
    throw new Error(`Cannot package the function: its handler does not load from "${file}": ${why}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

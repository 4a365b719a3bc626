import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { temporalHint } from '../../../client/cli/temporal-hint';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'troupe-hint-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes an executable that says what a fit `temporal` says of itself. */
function temporalIn(name: string): string {
  const file = join(folder, name, 'temporal');
  mkdirSync(join(folder, name));
  writeFileSync(file, '#!/bin/sh\necho "temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)"\n');
  chmodSync(file, 0o755);
  return file;
}

const envOf = (more: Record<string, string>) => ({ PATH: join(folder, 'bin'), TMPDIR: folder, TROUPE_CACHE: folder, ...more });

describe('temporalHint()', () => {
  test('is empty for the default address and a program on PATH', async () => {
    temporalIn('bin');
    await expect(temporalHint('127.0.0.1:7233', envOf({}))).resolves.toEqual([]);
  });

  test('names another address', async () => {
    temporalIn('bin');
    await expect(temporalHint('127.0.0.1:41000', envOf({}))).resolves.toEqual([
      'For "temporal" commands in another terminal:',
      '  export TEMPORAL_ADDRESS=127.0.0.1:41000',
    ]);
  });

  test.each(['other', 'it’s other'])('says where a program in "%s" is that is not on PATH, so that a shell can read it', async (name) => {
    const file = temporalIn(name);
    const path = name === 'other' ? file : `'${file}'`;
    await expect(temporalHint('127.0.0.1:7233', envOf({ TROUPE_TEMPORAL_CLI: file }))).resolves.toEqual([
      'For "temporal" commands in another terminal:',
      `  alias temporal=${path}`,
    ]);
  });
});

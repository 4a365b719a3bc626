import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { transformFileSync } from '@swc/core';

const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-inherited-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a child that says where its open files lead. */
const SCRIPT = `
  const { spawn } = require('node:child_process');
  const { openSync } = require('node:fs');
  const list = 'for f in /dev/fd/*; do readlink "$f"; done';
  const log = openSync(process.argv[2], 'a');
  const start = (stdio) => spawn('/bin/sh', ['-c', list], { stdio });
  if (process.argv[3] === 'plain') start(['ignore', log, log]);
  else require('./inherited-files.js').withNothingElse(['ignore', log, log], start);
`;

// Open files of a process can be listed by these links on Linux alone.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('withNothingElse()', () => {
  beforeAll(() => {
    const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } } as const;
    const { code } = transformFileSync(path.join(__dirname, '../../../worker/local/inherited-files.ts'), options);
    writeFileSync(path.join(folder, 'inherited-files.js'), code);
    writeFileSync(path.join(folder, 'script.js'), SCRIPT);
  });

  /** What the child finds open when a shell has handed its parent two files of its own. */
  async function filesOfChild(how: 'plain' | 'alone'): Promise<string> {
    const log = path.join(folder, `${how}.log`);
    const command = 'exec "$0" script.js "$1" "$2" 40>given-40 251>given-251';
    // Numbers of several digits are beyond the plainest of shells.
    await promisify(execFile)('bash', ['-c', command, process.execPath, log, how], { cwd: folder });
    return readFileSync(log, 'utf8');
  }

  it('hands a child nothing of what a shell has handed its parent', async () => {
    // So it would be otherwise, or this test could not fail.
    const usual = await filesOfChild('plain');
    for (const given of ['given-40', 'given-251']) expect(usual).toContain(given);
    const files = await filesOfChild('alone');
    expect(files).toContain('alone.log');
    expect(files).not.toContain('given');
  });
});

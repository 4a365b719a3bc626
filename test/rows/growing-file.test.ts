import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { growingFile } from '../../rows/growing-file';

const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-growing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = (): string => path.join(folder, `${(files += 1)}.csv`);

async function* lines(...given: ReadonlyArray<string | Error>): AsyncGenerator<string> {
  for (const line of given) {
    if (line instanceof Error) throw line;
    yield line;
  }
}

function replace(file: string): void {
  writeFileSync(`${file}.other`, 'a\n');
  renameSync(`${file}.other`, file);
}

describe('growingFile()', () => {
  it('appends to what it has begun', async () => {
    const file = newFile();
    writeFileSync(file, 'of somebody else\n');
    const growing = growingFile(file);
    await growing.begin(lines('a\n', 'b\n'));
    await expect(growing.append(lines('c\n'))).resolves.toBe('ours');
    await expect(growing.append(lines())).resolves.toBe('ours');
    await expect(growing.append(lines('d\n'))).resolves.toBe('ours');
    expect(readFileSync(file, 'utf8')).toBe('a\nb\nc\nd\n');
  });

  it.each([
    ['deleted', 'gone', (file: string) => rmSync(file)],
    ['replaced', 'other', (file: string) => replace(file)],
    ['changed', 'other', (file: string) => appendFileSync(file, 'x\n')],
  ])('takes no line when the file was %s meanwhile', async (_, state, change) => {
    const file = newFile();
    const growing = growingFile(file);
    await growing.begin(lines('a\n'));
    change(file);
    await expect(growing.append(lines(new Error('taken')))).resolves.toBe(state);
  });

  it('keeps whole what is there when not all can be written', async () => {
    const file = newFile();
    const growing = growingFile(file);
    await growing.begin(lines('a\n'));
    const large = `${'x'.repeat(600 * 1_024)}\n`;
    await expect(growing.append(lines(large, large, new Error('the disk is full')))).rejects.toThrow('the disk is full');
    expect(readFileSync(file, 'utf8')).toBe('a\n');
    await expect(growing.append(lines('b\n'))).resolves.toBe('gone');
    await expect(growing.begin(lines(large, new Error('the disk is full')))).rejects.toThrow('the disk is full');
    expect(readFileSync(file, 'utf8')).toBe('a\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

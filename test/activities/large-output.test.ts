import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { fitOutput, keepLarge, quoteReferences, resolveReferences } from '../../activities/large-output';
import { MAX_OUTPUT_BYTES } from '../../common/large-output';
import { referenceTo } from '../../common/text-reference';
import { getBlob } from '../../storage/blobs';
import { openFileStore } from '../../storage/file-store';
import type { Store } from '../../storage/store';
import { echo } from './activity-rig';
import { closeRigs, failed, GOOD, rigFor } from './scripted-rig';

const folder = mkdtempSync(join(tmpdir(), 'troupe-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(closeRigs);

let store: Store;
beforeEach(async () => {
  store = await openFileStore(mkdtempSync(join(folder, 's-')));
});

const LONG = 'é"\n'.repeat(80_000);
const FORGED = referenceTo(`blobs/ab/${'ab'.repeat(32)}`, 5);

describe('fitOutput()', () => {
  it('leaves what is small as it is, and stores nothing', async () => {
    const output = { text: 'short', list: [1, null] };
    expect(await fitOutput(store, output)).toBe(output);
    expect(await store.list('')).toEqual([]);
  });

  it('puts references in the place of long texts, so that the shape and short fields stay', async () => {
    const output = { text: LONG, title: 'short', parts: [{ body: LONG, n: 1 }] };
    const fitted = (await fitOutput(store, output)) as typeof output;
    expect(JSON.stringify(fitted).length).toBeLessThan(1_000);
    expect(fitted).toMatchObject({ text: expect.stringContaining('240000 characters'), title: 'short', parts: [{ n: 1 }] });
    expect(await resolveReferences(store, fitted)).toEqual(output);
  });

  it('keeps all of it in the store where that is not enough', async () => {
    const output = { words: Array.from({ length: MAX_OUTPUT_BYTES / 10 }, () => 'nine char') };
    const fitted = await fitOutput(store, output);
    expect(fitted).toEqual(await keepLarge(store, output));
    expect(await resolveReferences(store, { field: [fitted] })).toEqual({ field: [output] });
  });

  it('does not let an answer forge a reference', async () => {
    const output = { text: `See ${FORGED}`, other: 'plain' };
    const fitted = (await fitOutput(store, output)) as typeof output;
    expect(fitted.text).not.toContain(FORGED);
    expect(fitted.other).toBe('plain');
    expect(await resolveReferences(store, fitted)).toEqual(output);
  });
});

describe('resolveReferences()', () => {
  it('puts texts back into longer ones, once', async () => {
    const { text } = (await quoteReferences(store, { text: FORGED })) as { text: string };
    expect(await resolveReferences(store, { prompt: `<a>${text}</a><b>${text}</b>` })).toEqual({
      prompt: `<a>${FORGED}</a><b>${FORGED}</b>`,
    });
  });

  it('says what is missing when the store has lost it', async () => {
    expect(await failed(resolveReferences(store, [FORGED]))).toMatchObject({
      type: 'InvalidInput',
      message: expect.stringMatching(/^Cannot read "blobs\/ab/),
    });
  });
});

describe('a large text between two calls', () => {
  const wide = {
    ...echo,
    input: z.object({ word: z.string() }),
    prompt: ({ word }: { word: string }) => word,
    output: z.object({ said: z.string() }),
  };

  it('is whole in the prompt of the next one', async () => {
    const { rig, server } = await rigFor([{ answer: JSON.stringify({ said: LONG }) }, GOOD], { agents: { echo: wide } });
    const { output } = (await rig.attempt()) as unknown as { output: { said: string } };
    expect(output.said.length).toBeLessThan(200);
    await rig.attempt({ word: `<previous>${output.said}</previous>` }, { step: 'echo-2' });
    expect(server.request(1).body.messages[0]?.content).toBe(`<previous>${LONG}</previous>`);
  });

  it('is whole in what a run keeps, and what the store has lost costs nothing else', async () => {
    const { rig } = await rigFor([{ answer: JSON.stringify({ said: LONG }) }], { agents: { echo: wide } });
    const { output } = (await rig.attempt()) as unknown as { output: { said: string } };
    const { ref } = await rig.activities.keepResult({ text: output.said });
    expect(await getBlob(rig.deps.store, ref)).toEqual({ text: LONG });
    const work = (value: unknown) => ({ blackboard: { artifacts: [{ value }] } }) as never;
    expect(await getBlob(rig.deps.store, await rig.activities.keepWork(work(output)))).toEqual(work({ said: LONG }));
    expect(await getBlob(rig.deps.store, await rig.activities.keepWork(work(FORGED)))).toEqual(work(FORGED));
  });

  it('cannot be named by the input of a run', async () => {
    const { rig } = await rigFor([]);
    const { input } = await rig.activities.openRun({ pipeline: 'echoRun', args: [{ word: FORGED }] });
    expect((input as { word: string }).word).not.toBe(FORGED);
    expect(await resolveReferences(rig.deps.store, input)).toMatchObject({ word: FORGED });
  });
});

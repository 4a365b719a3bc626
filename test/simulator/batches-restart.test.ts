import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import Anthropic from '@anthropic-ai/sdk';

import type { BillRecord } from '../../simulator';
import { HOUR, idsOf, itemRecords, items, messageOf, resultsOf, type BatchItem, type ItemLine } from './batch-harness';
import { clientOf, eventually, rejection, simulatorFor, stopSimulators } from './simulator-harness';

const MAIN = join(__dirname, '../../simulator/main.ts');
const HOOK = join(__dirname, 'from-source.js');

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-batches-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await stopSimulators();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (id: string, kind: 'requests' | 'results') => join(folder, 'batches', `${id}.${kind}.jsonl`);

/** Each item has one result, and the bill charges each that succeeded once, for exactly the usage that was delivered. */
function expectPaidOnce(
  records: readonly BillRecord[],
  results: ReadonlyMap<string, ItemLine['result']>,
  requests: readonly BatchItem[],
): void {
  expect([...results.keys()].sort()).toEqual(requests.map((item) => item.custom_id).sort());
  const charged = records.filter((record) => record.charged);
  expect(charged.map((record) => record.customId).sort()).toEqual(idsOf(results, 'succeeded'));
  for (const record of charged) {
    const { usage } = messageOf(results, String(record.customId));
    expect(usage).toMatchObject({
      input_tokens: record.usage.input_tokens,
      output_tokens: record.usage.output_tokens,
      cache_read_input_tokens: record.usage.cache_read_input_tokens,
      cache_creation_input_tokens: record.usage.cache_creation_input_tokens,
      service_tier: 'batch',
    });
  }
}

const cached = (count: number): BatchItem[] => {
  const text = 'Rules of the house. '.repeat(300);
  const system = [{ type: 'text' as const, text, cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } }];
  return items(count).map((item) => ({ ...item, params: { ...item.params, system } }));
};

describe('batches in a folder', () => {
  test('go on after a restart: done items stay, the others are done once', async () => {
    const requests = cached(20);
    const first = await simulatorFor({ stateDir: folder, batchMs: HOUR });
    const { id } = await clientOf(first).messages.batches.create({ requests });
    first.advanceClock(HOUR / 2);
    await clientOf(first).messages.batches.retrieve(id);
    const before = readFileSync(fileOf(id, 'results'), 'utf8');
    expect(before.trim().split('\n')).toHaveLength(10);
    await first.close();
    const second = await simulatorFor({ stateDir: folder });
    const claude = clientOf(second);
    expect(await claude.messages.batches.retrieve(id)).toMatchObject({ processing_status: 'in_progress' });
    second.advanceClock(HOUR / 2);
    const results = await resultsOf(claude, id);
    expectPaidOnce(itemRecords(second, id), results, requests);
    expect(readFileSync(fileOf(id, 'results'), 'utf8').startsWith(before)).toBe(true);
    expect(readdirSync(join(folder, 'batches'))).toEqual([`${id}.results.jsonl`]);
  });

  test('time does not go back: what had expired or was canceled stays so', async () => {
    const first = await simulatorFor({ stateDir: folder, batchMs: 48 * HOUR });
    const claude = clientOf(first);
    const expiring = await claude.messages.batches.create({ requests: items(4) });
    first.advanceClock(24 * HOUR);
    const ended = await claude.messages.batches.retrieve(expiring.id);
    const canceled = await claude.messages.batches.create({ requests: items(3) });
    const canceling = await claude.messages.batches.cancel(canceled.id);
    await first.close();
    const again = clientOf(await simulatorFor({ stateDir: folder }));
    expect(await again.messages.batches.retrieve(expiring.id)).toEqual({ ...ended, results_url: expect.stringContaining(expiring.id) });
    expect(await again.messages.batches.retrieve(canceled.id)).toEqual(canceling);
    const later = await again.messages.batches.create({ requests: items(1) });
    expect(Date.parse(later.created_at)).toBeGreaterThanOrEqual(Date.parse(String(ended.ended_at)));
    expect((await again.messages.batches.list()).data.map(({ id }) => id)).toEqual([later.id, canceled.id, expiring.id]);
  });

  test('an item that was billed and not kept is delivered as it was billed, and not billed again', async () => {
    const requests = cached(10);
    const first = await simulatorFor({ stateDir: folder, batchMs: HOUR });
    const { id } = await clientOf(first).messages.batches.create({ requests });
    first.advanceClock(HOUR * 0.75);
    await clientOf(first).messages.batches.retrieve(id);
    await first.close();
    const lines = readFileSync(fileOf(id, 'results'), 'utf8').trim().split('\n');
    // As a kill leaves it: some lines were never written, the last one half.
    writeFileSync(fileOf(id, 'results'), `${lines.slice(0, 2).join('\n')}\n${lines[2]?.slice(0, 40)}`);
    const second = await simulatorFor({ stateDir: folder });
    second.advanceClock(HOUR);
    const results = await resultsOf(clientOf(second), id);
    expectPaidOnce(itemRecords(second, id), results, requests);
    for (const line of lines) {
      const { custom_id, result } = JSON.parse(line) as ItemLine;
      expect(results.get(custom_id)).toEqual(result);
    }
  });

  test('a batch whose last result was kept and whose end was not is ended', async () => {
    const first = await simulatorFor({ stateDir: folder });
    const { id } = await clientOf(first).messages.batches.create({ requests: items(2) });
    const { created_at } = await clientOf(first).messages.batches.retrieve(id);
    await first.close();
    const log = join(folder, 'batches.jsonl');
    const [created] = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, `${created}\n`);
    const batch = await clientOf(await simulatorFor({ stateDir: folder })).messages.batches.retrieve(id);
    expect(batch).toMatchObject({ processing_status: 'ended', request_counts: { succeeded: 2 } });
    expect(Date.parse(String(batch.ended_at))).toBeGreaterThanOrEqual(Date.parse(created_at));
  });

  test('deleted and reset batches stay away, and leave no files', async () => {
    const first = await simulatorFor({ stateDir: folder });
    const claude = clientOf(first);
    const create = async () => {
      const { id } = await claude.messages.batches.create({ requests: items(1) });
      await claude.messages.batches.retrieve(id);
      return id;
    };
    const reset = await create();
    first.reset();
    const deleted = await create();
    await claude.messages.batches.delete(deleted);
    const kept = await create();
    await first.close();
    const again = clientOf(await simulatorFor({ stateDir: folder }));
    expect((await again.messages.batches.list()).data.map(({ id }) => id)).toEqual([kept]);
    for (const id of [reset, deleted]) expect(await rejection(again.messages.batches.retrieve(id))).toBeInstanceOf(Anthropic.NotFoundError);
    expect(readdirSync(join(folder, 'batches'))).toEqual([`${kept}.results.jsonl`]);
  });

  test('hold no key', async () => {
    const simulator = await simulatorFor({ stateDir: folder });
    const claude = clientOf(simulator, { apiKey: 'a-secret-key' });
    await claude.messages.batches.create({ requests: items(1) });
    await claude.messages.batches.list();
    expect(readFileSync(join(folder, 'batches.jsonl'), 'utf8')).not.toContain('a-secret-key');
    expect(readFileSync(join(folder, 'bill.jsonl'), 'utf8')).not.toContain('a-secret-key');
  });

  test('a half-written last line of the log is cut off; a broken one in its middle is refused', async () => {
    const first = await simulatorFor({ stateDir: folder });
    const { id } = await clientOf(first).messages.batches.create({ requests: items(1) });
    await first.close();
    const log = join(folder, 'batches.jsonl');
    appendFileSync(log, '{"kind":"crea');
    const second = await simulatorFor({ stateDir: folder });
    expect((await clientOf(second).messages.batches.retrieve(id)).id).toBe(id);
    await second.close();
    writeFileSync(log, 'not json\n{"kind":"reset"}\n');
    await expect(simulatorFor({ stateDir: folder })).rejects.toThrow(
      /^Cannot read the simulator's batches: .*batches\.jsonl:1 is not JSON; restore the file/,
    );
  });
});

describe('a simulator process that is killed', () => {
  async function startProcess(...flags: string[]): Promise<{ child: ChildProcess; url: string; claude: Anthropic }> {
    const child = spawn(process.execPath, ['-r', HOOK, MAIN, '--json', `--state=${folder}`, ...flags], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    if (child.stdout === null) throw new Error('The process has no stdout');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    return { child, url, claude: new Anthropic({ apiKey: 'test', baseURL: url, maxRetries: 0 }) };
  }
  const recordsOf = async (url: string) => ((await (await fetch(`${url}/__sim/requests`)).json()) as { requests: BillRecord[] }).requests;

  const chargedLines = () => readFileSync(join(folder, 'bill.jsonl'), 'utf8').split('"charged":true').length - 1;

  test('three times in the middle of a batch delivers and bills each item once', async () => {
    const requests = cached(400);
    let { child, url, claude } = await startProcess('--batch-ms=6000');
    const { id } = await claude.messages.batches.create({ requests });
    let done = 0;
    for (let kill = 0; kill < 3; kill += 1) {
      await eventually('more items are done', async () => {
        const now = (await recordsOf(url)).filter((record) => record.charged).length;
        return now > done || now === 400;
      });
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      if (kill === 0) expect(chargedLines()).toBeLessThan(400);
      ({ child, url, claude } = await startProcess());
      done = (await recordsOf(url)).filter((record) => record.charged).length;
    }
    await eventually('the batch ends', async () => (await claude.messages.batches.retrieve(id)).processing_status === 'ended');
    const records = (await recordsOf(url)).filter((record) => record.batchId === id);
    expectPaidOnce(records, await resultsOf(claude, id), requests);
  });
});

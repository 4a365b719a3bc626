import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import type { PipelineRequest, PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

type Outcome = RunOutcome<PipelineResult<'batchFiles'>>;

const root = mkdtempSync(path.join(os.tmpdir(), 'troupe-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let places = 0;

/** An empty folder for rows and one for output, and the request that joins them. */
function place(rest: Partial<PipelineRequest<'batchFiles'>> = {}) {
  places += 1;
  const [source, outDir] = ['in', 'out'].map((name) => path.join(root, String(places), name)) as [string, string]; // two of two
  for (const folder of [source, outDir]) mkdirSync(folder, { recursive: true });
  const request: PipelineRequest<'batchFiles'> = { pipeline: 'brief', source, outDir, name: `series-${places}`, settleMs: 0, ...rest };
  const drop = (name: string, text: string) => writeFileSync(path.join(source, name), text);
  return { source, outDir, request, drop };
}

describe('batchFiles', () => {
  const rig = withRig({ maxCachedWorkflows: 100, deps: { privateAddresses: true } });
  beforeAll(() => rig.servePool());

  const billed = (): number => rig.simulator.requests().filter(({ charged }) => charged).length;
  const worked = async (request: PipelineRequest<'batchFiles'>) => (await rig.start('batchFiles', request)).outcome();

  it('started by a schedule, does a file that has come once, whatever it is called, and pays nothing the next time', async () => {
    const { source, outDir, request, drop } = place();
    const scheduleId = `schedule-${rig.taskQueue}`;
    const schedule = await rig.client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: '366d' }] },
      action: { type: 'startWorkflow', workflowType: 'batchFiles', workflowId: scheduleId, args: [request], taskQueue: rig.taskQueue },
      policies: { overlap: 'SKIP' },
    });
    let triggered = 0;
    const trigger = async (): Promise<Outcome['result']> => {
      // Ids of its runs differ by the second.
      await until(() => Promise.resolve(Date.now() % 1_000 < 500));
      await schedule.trigger();
      triggered += 1;
      await until(async () => (await schedule.describe()).info.recentActions.length === triggered);
      const { action } = (await schedule.describe()).info.recentActions.at(-1) ?? {};
      const outcome = (await rig.client.workflow.getHandle(action?.workflow.workflowId ?? '').result()) as Outcome;
      await until(async () => (await schedule.describe()).info.runningActions.length === 0);
      return outcome.result;
    };
    try {
      await expect(trigger()).resolves.toEqual({ status: 'nothing new', source, files: [], left: 0 });
      drop('topics.csv', 'key,topic,note\na,Tea of the hills,1\nb,Coffee of the coast,2\n');
      const before = billed();
      const first = await trigger();
      const out = path.join(outDir, 'topics.csv');
      expect(first).toMatchObject({ status: 'completed', files: [{ status: 'done', out, done: 2, failed: 0, skipped: 0 }] });
      expect(first.files[0]?.job).toMatch(/^series-\d+-[0-9a-f]{12}$/);
      expect(readFileSync(out, 'utf8')).toMatch(/^key,topic,note,[^]*\na,Tea of the hills,1,[^]*\nb,Coffee of the coast,2,/);
      const paid = billed() - before;
      expect(paid).toBeGreaterThan(0);
      renameSync(path.join(source, 'topics.csv'), path.join(source, 'again.csv'));
      await expect(trigger()).resolves.toMatchObject({ status: 'nothing new', files: [] });
      expect(billed() - before).toBe(paid);
      expect(readdirSync(outDir)).toEqual(['topics.csv']);
      // Its rows are found like those of any job.
      const job = first.files[0]?.job ?? '';
      const query = `TroupeJob = '${job}'`;
      await until(async () => (await rig.client.workflow.count(query)).count === 2);
      const ids: string[] = [];
      for await (const { workflowId } of rig.client.workflow.list({ query })) ids.push(workflowId);
      expect(ids.sort()).toEqual(['a', 'b'].map((key) => `${job}/${key}`));
    } finally {
      await schedule.delete();
    }
  });

  it('refuses a file with rows that do not fit, says which, and does the others', async () => {
    const { outDir, request, drop } = place();
    drop('bad.csv', 'key,topic\na,Fog\nb,\n');
    drop('broken.csv', 'key,topic\na,"Fog\n');
    drop('good.jsonl', '{"topic":"Fog over the bay"}\n');
    drop('good.ndjson', '{"topic":"Fog over the hills"}\n');
    drop('.hidden.csv', 'key,topic\na,x\n');
    drop('notes.txt', 'x');
    const before = billed();
    const { result, degraded } = await worked(request);
    expect(result.files.map(({ file, status, reason }) => [path.basename(file), status, reason])).toEqual([
      ['bad.csv', 'refused', `1 of its 2 rows do not fit: see "${path.join(outDir, 'bad.invalid.csv')}"`],
      [
        'broken.csv',
        'refused',
        expect.stringMatching(/^Cannot read input ".*broken\.csv": a quote is opened in the row from line 2 on and never closed/),
      ],
      ['good.jsonl', 'done', null],
      ['good.ndjson', 'refused', 'its output would take the place of that of "good.jsonl"; give one of them another name'],
    ]);
    expect(result.status).toBe('incomplete');
    expect(degraded.map(({ step }) => path.basename(step))).toEqual(['bad.csv', 'broken.csv', 'good.ndjson']);
    expect(readFileSync(path.join(outDir, 'bad.invalid.csv'), 'utf8')).toMatch(/^line,key,reason\n3,/);
    expect(readdirSync(outDir).sort()).toEqual(['bad.invalid.csv', 'good.jsonl']);
    const paid = billed() - before;

    const { result: skipped } = await worked({ ...request, skipInvalid: true });
    expect(skipped.files).toMatchObject([{ status: 'done', done: 1, skipped: 1 }, { status: 'refused' }, { status: 'refused' }]);
    // One row each, of two calls.
    expect(billed() - before).toBe(paid * 2);
  });

  it('writes the output anew when a file is again what it was once, and pays nothing for it', async () => {
    const { outDir, request, drop } = place();
    const keys = () => readFileSync(path.join(outDir, 'rows.csv'), 'utf8').match(/^[ab](?=,)/gm);
    const first = 'key,topic\na,Rain\n';
    for (const content of [first, 'key,topic\na,Rain\nb,Hail\n']) {
      drop('rows.csv', content);
      await expect(worked(request)).resolves.toMatchObject({ result: { status: 'completed' } });
    }
    expect(keys()).toEqual(['a', 'b']);
    const before = billed();
    drop('rows.csv', first);
    await expect(worked(request)).resolves.toMatchObject({ result: { files: [{ status: 'done', done: 1, failed: 0 }] } });
    expect(keys()).toEqual(['a']);
    expect(billed()).toBe(before);
    drop('rows.csv', first);
    await expect(worked(request)).resolves.toMatchObject({ result: { status: 'nothing new' } });
  });

  it('leaves a file to the next run that is still being written', async () => {
    const { request, source, drop } = place({ settleMs: 500 });
    drop('growing.csv', 'key,topic\na,Salt of the ');
    const writing = setInterval(() => appendFileSync(path.join(source, 'growing.csv'), 'e'), 10);
    const { result } = await worked(request).finally(() => clearInterval(writing));
    expect(result.files).toMatchObject([{ status: 'changing', job: null }]);
    const { result: next } = await worked({ ...request, settleMs: 0 });
    expect(next.files).toMatchObject([{ status: 'done', done: 1 }]);
  });

  it('fails before anything starts where the folders are not there', async () => {
    const { request, source } = place();
    await expect(worked({ ...request, outDir: '/nowhere/out' })).rejects.toMatchObject({
      cause: { type: 'InvalidInput', message: 'Cannot write into "/nowhere/out": there is no such folder on the worker; create it' },
    });
    await expect(worked({ ...request, outDir: source })).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
    await expect(worked({ ...request, source: '/nowhere/in' })).rejects.toMatchObject({
      cause: { message: 'Cannot look into "/nowhere/in": there is no such folder on the worker; check the path' },
    });
  });

  describe('of an address', () => {
    let server: Server;
    let content = 'key,topic\na,Rain on the roof\n';
    const asked: Array<string | undefined> = [];
    beforeAll(async () => {
      server = createServer(({ headers }, answer) => {
        const etag = `"${Buffer.from(content).toString('base64url')}"`;
        asked.push(headers['if-none-match']);
        if (headers['if-none-match'] === etag) answer.writeHead(304).end();
        else answer.writeHead(200, { etag, 'content-type': 'text/csv; charset=utf-8' }).end(content);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it('fetches what has changed since it was done', async () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/export?token=x`;
      const { request, outDir } = place();
      const fromUrl = { ...request, source: url };
      await expect(worked(fromUrl)).resolves.toMatchObject({ result: { files: [{ file: url, status: 'done', done: 1 }] } });
      expect(readdirSync(outDir)).toEqual(['export.csv']);
      const paid = billed();
      await expect(worked(fromUrl)).resolves.toMatchObject({ result: { status: 'nothing new' } });
      expect(asked.map((etag) => etag !== undefined)).toEqual([false, true]);
      expect(billed()).toBe(paid);
      content = 'key,topic\na,Snow on the roof\n';
      await expect(worked(fromUrl)).resolves.toMatchObject({ result: { files: [{ status: 'done' }] } });
      expect(readFileSync(path.join(outDir, 'export.csv'), 'utf8')).toContain('Snow on the roof');
      await expect(worked({ ...fromUrl, name: 'capped', maxBytes: 10 })).resolves.toMatchObject({
        result: { status: 'incomplete', files: [{ status: 'refused', reason: 'it has more than 10 bytes' }] },
      });
    });
  });
});

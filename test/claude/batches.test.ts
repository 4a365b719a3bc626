import { createBatch } from '../../claude/batches';
import { createClaude } from '../../claude/client';
import { createModels } from '../../claude/models';
import { createTemplate, renderRequest } from '../../claude/request';
import { readSettings } from '../../common/settings';
import { startScriptedServer } from './scripted-server';

const model = createModels(readSettings({})).forTier('fast');
const template = (system: string) => createTemplate({ model, system, maxTokens: 100, effort: 'low' });
const LONG = 'Mind what readers can use, in plain words. '.repeat(60);

const COUNTS = { processing: 6, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
const CREATED = { id: 'msgbatch_1', type: 'message_batch', processing_status: 'in_progress', created_at: '2026-11-21T07:00:00Z' };

test('createBatch() sends requests that share a beginning next to each other, each as it was rendered', async () => {
  const server = await startScriptedServer([
    {
      raw: (response) =>
        void response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...CREATED, request_counts: COUNTS })),
    },
  ]);
  const claude = createClaude({ apiKey: 'test', baseUrl: server.url });
  try {
    const templates = [template(`${LONG}A`), template('Short.'), template(`${LONG}B`)];
    const items = Array.from({ length: 6 }, (_, at) => {
      const request = renderRequest(templates[at % 3] as (typeof templates)[number], `Question ${at}`);
      return { ticket: `t${at}`, canonical: request.canonical };
    });
    await createBatch(claude, items);
    const { requests } = server.request(0).body as unknown as { requests: ReadonlyArray<{ custom_id: string; params: unknown }> };
    expect(requests.map(({ custom_id }) => custom_id)).toEqual(['t0', 't3', 't1', 't4', 't2', 't5']);
    for (const { custom_id, params } of requests)
      expect(JSON.stringify(params)).toBe(items.find(({ ticket }) => ticket === custom_id)?.canonical);
  } finally {
    await claude.close();
    await server.close();
  }
});

import { CancelledFailure } from '@temporalio/common';
import { z } from 'zod';

import type { ToolActivity } from '../../../activities/index';
import type { ToolLogLine } from '../../../activities/tools/tool-log';
import { defineTool, type ToolContext } from '../../../activities/tools/define-tool';
import { toolFailure } from '../../../activities/tools/tool-failure';
import type { ToolCallContext } from '../../../common/tool-call';
import { getBlob, putBlob } from '../../../storage/blobs';
import { quietEnvironment, startActivityRig, type ActivityRig } from '../activity-rig';
import { failed } from '../scripted-rig';

const SECRET = 'Basic c2VjcmV0LW9mLXRoZS1zaG9w';
const seen: Array<ToolContext<unknown>> = [];
let body: (input: { n: number }, context: ToolContext<unknown>) => unknown = ({ n }) => ({ twice: n * 2 });

const double = defineTool({
  name: 'double',
  description: 'Doubles a number',
  maxOutputBytes: 10_000,
  config: z.object({ base: z.string(), apiKey: z.string().optional() }).optional(),
  input: z.strictObject({ n: z.number().default(1) }),
  output: z.object({ twice: z.number(), text: z.string().optional() }),
  run: (input, context) => {
    seen.push(context);
    return body(input, context) as { twice: number };
  },
});

describe('a tool activity', () => {
  let rig: ActivityRig;
  beforeAll(async () => {
    rig = await startActivityRig('http://127.0.0.1:9', {
      tools: { double },
      toolConfig: { tools: { double: { base: 'there', apiKey: SECRET } }, mcpServers: {} },
    });
  });
  afterAll(() => rig.close());
  beforeEach(() => {
    body = ({ n }) => ({ twice: n * 2 });
    seen.length = 0;
    rig.log.length = 0;
  });
  const logged = () => rig.log as unknown as ToolLogLine[];

  const call = (input: unknown, more: Partial<ToolCallContext> = {}, environment = quietEnvironment({ attempt: 2 })) => {
    const { double: activity } = rig.activities as unknown as { double: ToolActivity };
    const context: ToolCallContext = { pipeline: 'p', traceId: 't', storeId: rig.deps.store.id, step: 'double/x', ...more };
    return environment.run(activity, input, context);
  };
  const fails = (error: unknown) => {
    body = () => {
      throw error;
    };
    return failed(call({ n: 1 }));
  };

  it('checks the input, fills its defaults and returns the checked output', async () => {
    expect(await call({ n: 4 })).toEqual({ output: { twice: 8 } });
    expect(await call({})).toEqual({ output: { twice: 2 } });
    expect(await failed(call({ n: 'four' }))).toMatchObject({
      type: 'InvalidInput',
      nonRetryable: true,
      message: expect.stringMatching(/^Cannot call tool "double": its input does not fit: "n": .+; correct the input$/) as string,
    });
    expect(seen).toHaveLength(2);
  });

  it('hands over its section of the tools file, a key that is the same in every attempt, and the attempt', async () => {
    await call({});
    expect(seen[0]).toMatchObject({
      config: { base: 'there', apiKey: SECRET },
      attempt: 2,
      idempotencyKey: expect.stringMatching(/\/double\/x$/) as string,
    });
    await call({}, {}, quietEnvironment({ attempt: 3 }));
    expect(seen[1]?.idempotencyKey).toBe(seen[0]?.idempotencyKey);
  });

  it.each([
    ['that does not fit the schema', { twice: 'x' }, /does not fit the tool's schema: "twice"/],
    ['that is too long', { twice: 1, text: 'x'.repeat(20_000) }, /it has 200\d\d bytes and 10000 are allowed; ask for less at once$/],
  ])('refuses an output %s', async (_, output, message) => {
    body = () => output;
    expect(await failed(call({}))).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: true,
      message: expect.stringMatching(message) as string,
    });
  });

  it('passes on what the tool says of its failure', async () => {
    const error = toolFailure({ message: 'Cannot look: busy; wait', retryable: true, retryAfterMs: 1_500, status: 429 });
    expect(await fails(error)).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: false,
      nextRetryDelay: 1_500,
      details: [{ status: 429 }],
    });
  });

  it('takes failures of the network as passing and any other one as final', async () => {
    const network = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect ECONNREFUSED'), { errno: -111, syscall: 'connect' }),
    });
    expect(await fails(network)).toMatchObject({ type: 'ToolFailed', nonRetryable: false });
    expect(await fails(new DOMException('too long', 'TimeoutError'))).toMatchObject({
      nonRetryable: false,
    });
    expect(await fails(new TypeError('x is undefined'))).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
  });

  it('is cancelled by its signal', async () => {
    const environment = quietEnvironment();
    body = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        if (signal.aborted) reject(new Error('aborted'));
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const ended = failed(call({}, {}, environment) as Promise<unknown>);
    environment.cancel();
    expect(await ended).toBeInstanceOf(CancelledFailure);
  });

  it('replies to a conversation as text, or with its place in the store when that is long', async () => {
    expect(await call({ n: 3 }, { conversation: {} })).toEqual({ output: { text: '{"twice":6}' } });
    body = () => ({ twice: 1, text: 'y'.repeat(5_000) });
    const { output } = (await call({}, { conversation: {} })) as { output: { ref: string; preview: string } };
    expect(output.preview.length).toBeLessThan(200);
    expect(await getBlob(rig.deps.store, output.ref)).toBe(JSON.stringify({ twice: 1, text: 'y'.repeat(5_000) }));
  });

  it('reads a long input from the store', async () => {
    const inputRef = await putBlob(rig.deps.store, { n: 21 });
    expect(await call(null, { conversation: { inputRef } })).toEqual({ output: { text: '{"twice":42}' } });
    expect(await failed(call(null, { conversation: { inputRef: 'blobs/00/00' } }))).toMatchObject({ type: 'Internal' });
  });

  it('waits for a worker with the store of its run', async () => {
    expect(await failed(call({}, { storeId: 'another' }))).toMatchObject({ type: 'StoreMismatch', nonRetryable: false });
  });

  it('logs one line for each attempt, also when it fails', async () => {
    await call({ n: 4 });
    await call({ n: 'four' }).catch(() => undefined);
    await fails(toolFailure({ message: 'Cannot look: busy; wait', retryable: true }));
    expect(logged()).toEqual([
      {
        event: 'tool',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/) as string,
        traceId: 't',
        workflowId: 'test',
        runId: expect.any(String) as string,
        pipeline: 'p',
        tool: 'double',
        step: 'double/x',
        latencyMs: expect.any(Number) as number,
        attempt: 2,
        outcome: 'done',
        input: '{"n":4}',
        output: '{"twice":8}',
      },
      expect.objectContaining({
        outcome: 'InvalidInput',
        output: '',
        reason: expect.stringMatching(/^Cannot call tool "double"/) as string,
      }),
      expect.objectContaining({ outcome: 'ToolFailed', reason: 'Cannot look: busy; wait' }),
    ]);
  });

  it('logs previews only, and no secret of the tools file wherever it stands', async () => {
    const said = `The key is ${SECRET}, or sk-ant-api03-abcdefghijk. ${'y'.repeat(500)}`;
    body = () => ({ twice: 1, text: said });
    await call({ n: 4 });
    await fails(new Error(said));
    const lines = JSON.stringify(logged());
    expect(lines).not.toContain(SECRET.split(' ')[1]);
    expect(lines).not.toContain('abcdefghijk');
    expect(lines).toContain('The key is Basic ***');
    for (const { output, reason = '' } of logged()) expect(Math.max(output.length, reason.length)).toBeLessThanOrEqual(200);
  });
});

import { z } from 'zod';

import { conversationHead } from '../../claude/conversation';
import { createActivities } from '../../activities/index';
import { defineTool } from '../../activities/tools/define-tool';
import { defineAgent } from '../../agents/define-agent';
import { TOOL_RULE } from '../../agents/prompt-parts';
import type { CallContext } from '../../common/call';
import type { ToolResult, TurnOutput } from '../../common/conversation';
import { getBlob, putBlob } from '../../storage/blobs';
import { loadTranscript } from '../../storage/transcripts';
import type { Script } from '../claude/scripted-server';
import { echo, quietEnvironment, type ActivityRig } from './activity-rig';
import { closeRigs, detailsOf, failed, rigFor } from './scripted-rig';

afterEach(closeRigs);

const look = defineTool({
  name: 'look',
  description: 'Looks at a place',
  input: z.strictObject({ place: z.string().describe('Where to look') }),
  output: z.object({ seen: z.string() }),
  run: ({ place }) => ({ seen: place }),
});
const scout = defineAgent({ ...echo, name: 'scout', tools: ['look', 'echo'], maxTurns: 4 });
const DEPS = { agents: { scout, echo }, tools: { look } };

const THOUGHT = { type: 'thinking', thinking: '', signature: 'c2lnbmVk+/=' };
const use = (id: string, input: unknown = { place: 'roof' }, name = 'look') => ({
  type: 'tool_use',
  id,
  name,
  caller: { type: 'direct' },
  input,
});
const calls = (...content: object[]): Script => ({ answer: '', content, stopReason: 'tool_use' });
const DONE: Script = { answer: '{"said":"seen"}' };

interface Turn {
  readonly output: TurnOutput;
  readonly turns: number;
}

const take = async (rig: ActivityRig, step: string, conversation: NonNullable<CallContext['conversation']> = {}): Promise<Turn> => {
  const { scout: activity } = rig.activities;
  if (activity === undefined) throw new Error('not registered');
  const input = conversation.transcript === undefined ? { word: 'hello' } : null;
  return (await quietEnvironment().run(activity, input, rig.context({ step, conversation }))) as unknown as Turn;
};
const results = (...given: Array<Partial<ToolResult> & { id: string }>): ToolResult[] =>
  given.map((one) => ({ reply: { text: 'a cat' }, isError: false, ...one }));

describe('a model turn of a conversation', () => {
  it('offers the tools and agents that the agent lists, with their schemas, and asks for a cache entry', async () => {
    const { rig, server } = await rigFor([DONE], DEPS);
    const { output } = await take(rig, 'turn 1');
    expect(output).toMatchObject({ kind: 'answered', output: { said: 'seen' } });
    const { tools, system, cache_control: cache, messages } = server.request(0).body;
    expect(tools).toEqual([
      {
        name: 'look',
        description: 'Looks at a place',
        input_schema: {
          type: 'object',
          properties: { place: { type: 'string', description: 'Where to look' } },
          required: ['place'],
          additionalProperties: false,
        },
      },
      expect.objectContaining({ name: 'echo', description: 'Says a word' }),
    ]);
    expect(system).toBe(`${scout.system}\n\n${TOOL_RULE}`);
    expect(cache).toEqual({ type: 'ephemeral' });
    expect(messages).toHaveLength(1);
  });

  it('hands back blocks and prefix byte for byte, and all results in one message in their order', async () => {
    const blocks = [THOUGHT, { type: 'text', text: 'Looking.', citations: null }, use('toolu_1'), use('toolu_2', { place: 'cellar' })];
    const { rig, server } = await rigFor([calls(...blocks), DONE], DEPS);
    const { output: first } = await take(rig, 'turn 1');
    expect(first).toMatchObject({
      kind: 'tools',
      calls: [
        { id: 'toolu_1', name: 'look', kind: 'tool', approval: 'never', input: { place: 'roof' } },
        { id: 'toolu_2', name: 'look', kind: 'tool', input: { place: 'cellar' } },
      ],
    });
    const ref = await putBlob(rig.deps.store, 'a long story');
    const { output: second } = await take(rig, 'turn 2', {
      transcript: first.transcript,
      results: results({ id: 'toolu_1', note: 'A person changed it.' }, { id: 'toolu_2', reply: { ref, preview: '' }, isError: true }),
    });
    const [one, two] = [server.request(0).body, server.request(1).body];
    const { messages: before, ...prefix } = one;
    const { messages: after, ...samePrefix } = two;
    expect(JSON.stringify(samePrefix)).toBe(JSON.stringify(prefix));
    expect(JSON.stringify(after.slice(0, 1))).toBe(JSON.stringify(before));
    expect(JSON.stringify(after[1])).toBe(JSON.stringify({ role: 'assistant', content: blocks }));
    expect(after.slice(2)).toEqual([
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: 'A person changed it.\n\na cat' },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: 'a long story', is_error: true },
        ],
      },
    ]);
    const kept = await loadTranscript(rig.deps.store, second.transcript);
    expect(kept?.messages).toHaveLength(4);
  });

  it('keeps what the first turn was given although prompt and tools have changed since', async () => {
    const { rig, server } = await rigFor([calls(use('toolu_1')), DONE], DEPS);
    const { output } = await take(rig, 'turn 1');
    const deps = { ...rig.deps, agents: { scout: { ...scout, system: 'You are somebody else.', tools: [] }, echo } };
    await take({ ...rig, activities: createActivities(deps) }, 'turn 2', {
      transcript: output.transcript,
      results: results({ id: 'toolu_1' }),
    });
    expect(server.request(1).body.system).toBe(server.request(0).body.system);
    expect(server.request(1).body['tools']).toEqual(server.request(0).body['tools']);
  });

  it('a second attempt goes on from what the journaled answer was given to, whatever the prompt is by now', async () => {
    const { rig, server } = await rigFor([calls(use('toolu_1')), DONE], DEPS);
    const first = await take(rig, 'turn 1');
    const deps = { ...rig.deps, agents: { scout: { ...scout, system: 'You are somebody else.' }, echo } };
    const again = await take({ ...rig, activities: createActivities(deps) }, 'turn 1');
    expect(again.output).toEqual(first.output);
    expect(server.seen).toHaveLength(1);
  });

  it('never hands out a tool call that was cut off: it asks again with more room', async () => {
    const cut: Script = { answer: '', content: [THOUGHT, use('toolu_1', {})], stopReason: 'max_tokens' };
    const { rig, server } = await rigFor([cut, calls(use('toolu_2'))], DEPS);
    const { output, turns } = await take(rig, 'turn 1');
    expect(output).toMatchObject({ kind: 'tools', calls: [{ id: 'toolu_2' }] });
    expect(turns).toBe(2);
    expect(server.request(1).body.max_tokens).toBe(server.request(0).body.max_tokens * 2);
    expect(server.request(1).body.messages).toEqual(server.request(0).body.messages);
    const always = await rigFor(() => cut, DEPS);
    const error = await failed(take(always.rig, 'turn 1'));
    expect(error.type).toBe('OutputRejected');
    expect(detailsOf(error).kept).toBeDefined();
  });

  it('goes on after a pause and repairs an answer, and the transcript has all of it', async () => {
    const paused: Script = { answer: 'Let me see.', stopReason: 'pause_turn' };
    const { rig } = await rigFor([paused, { answer: 'not JSON' }, DONE], DEPS);
    const { output, turns } = await take(rig, 'turn 1');
    expect(turns).toBe(3);
    const kept = await loadTranscript<unknown, { role: string }>(rig.deps.store, output.transcript);
    expect(kept?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
  });

  it('keeps a long input of a tool in the store, and names a tool that was not offered', async () => {
    const place = 'x'.repeat(5_000);
    const { rig } = await rigFor([calls(use('toolu_1', { place }), use('toolu_2', {}, 'fly'))], DEPS);
    const { output } = await take(rig, 'turn 1');
    if (output.kind !== 'tools') throw new Error('it answered');
    const [long, unknown] = output.calls;
    expect(long?.input).toBeNull();
    expect(await getBlob(rig.deps.store, long?.inputRef ?? '')).toEqual({ place });
    expect(unknown).toMatchObject({ name: 'fly', kind: 'unknown' });
    expect(JSON.stringify(output).length).toBeLessThan(1_000);
  });

  it('leaves a journal that does not repeat what was said', async () => {
    const { rig } = await rigFor([calls(use('toolu_1')), DONE], DEPS);
    const { output } = await take(rig, 'turn 1');
    const story = 'once upon a time '.repeat(2_000);
    await take(rig, 'turn 2', { transcript: output.transcript, results: results({ id: 'toolu_1', reply: { text: story } }) });
    const answers = (await rig.deps.store.list('calls')).filter((key) => key.endsWith('.answer.json'));
    const sizes = await Promise.all(answers.map(async (key) => (await rig.deps.store.get(key))?.length ?? 0));
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(5_000);
  });

  it.each([
    ['an unknown tool', ['fly'], /^Cannot hand tool "fly" to agent "scout": there is no such tool; use one of look, echo$/],
    ['itself', ['scout'], /there is no such tool/],
    ['an MCP server that is not configured', ['mcp__files'], /^Cannot use MCP server "files": .+; name it in the tools file$/],
  ])('fails when its agent lists %s', async (_, tools, message) => {
    const { rig, server } = await rigFor([DONE], { ...DEPS, agents: { scout: { ...scout, tools }, echo } });
    const error = await failed(take(rig, 'turn 1'));
    expect(error).toMatchObject({ type: 'ToolFailed', nonRetryable: true, message: expect.stringMatching(message) as string });
    expect(server.seen).toHaveLength(0);
  });
});

describe('conversationHead()', () => {
  it('offers no tools rather than an empty list', () => {
    const model = { id: 'm' } as never;
    expect(
      conversationHead('a', { model, maxTokens: 1, system: 's', serverTools: [], outputConfig: undefined }, []).params,
    ).not.toHaveProperty('tools');
  });
});

import type Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { z } from 'zod';

import { clientOf, HELLO, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

const tools: Anthropic.Tool[] = ['search', 'fetch'].map((name) => ({
  name,
  description: 'Finds documents',
  input_schema: {
    type: 'object',
    properties: { query: { type: 'string' }, limit: { type: 'integer', description: 'from 1 to 5' } },
    required: ['query'],
  },
}));

describe('tools', () => {
  test('are called once, with inputs that fit, and the loop ends with text', async () => {
    const claude = clientOf(await simulatorFor());
    const messages: Anthropic.MessageParam[] = [...HELLO.messages];
    const first = await claude.messages.create({ ...HELLO, messages, tools });
    expect(first.stop_reason).toBe('tool_use');
    const calls = first.content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      expect(tools.map((tool) => tool.name)).toContain(call.name);
      expect(call.input).toMatchObject({ query: expect.any(String) });
      expect(call.caller).toEqual({ type: 'direct' });
    }
    // Messages go through JSON between turns, as they do in a durable workflow.
    const content = JSON.parse(JSON.stringify(first.content)) as Anthropic.ContentBlockParam[];
    const results = calls.map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'Nothing found' }));
    messages.push({ role: 'assistant', content }, { role: 'user', content: results });
    const second = await claude.messages.create({ ...HELLO, messages, tools });
    expect(second.stop_reason).toBe('end_turn');
  });

  test('tool_choice "none" calls none, a forced one that one', async () => {
    const claude = clientOf(await simulatorFor());
    expect((await claude.messages.create({ ...HELLO, tools, tool_choice: { type: 'none' } })).stop_reason).toBe('end_turn');
    const forced = await claude.messages.create({ ...HELLO, tools, tool_choice: { type: 'tool', name: 'fetch' } });
    expect(forced.content.flatMap((block) => (block.type === 'tool_use' ? [block.name] : []))).toEqual(['fetch']);
  });

  test.each([undefined, false as const])('the SDK’s tool runner comes to an end with thread: %s', async (thread) => {
    const simulator = await simulatorFor();
    const run = jest.fn(async () => 'Nothing found');
    const search = betaZodTool({ name: 'search', description: 'Finds documents', inputSchema: z.object({ query: z.string() }), run });
    const runner = clientOf(simulator).beta.messages.toolRunner({ ...HELLO, tools: [search], ...(thread === undefined ? {} : { thread }) });
    expect((await runner).stop_reason).toBe('end_turn');
    expect(run).toHaveBeenCalledTimes(1);
    expect(simulator.stats().byStatus['400'] ?? 0).toBe(thread === undefined ? 1 : 0);
  });
});

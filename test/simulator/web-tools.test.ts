import Anthropic from '@anthropic-ai/sdk';

import { usageOf } from '../../claude/prices';
import { ratesFor } from '../../common/price-list';
import { costOf, NO_USAGE } from '../../common/pricing';
import { clientOf, HELLO as SHORT, lastRecord, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

afterEach(stopSimulators);

const HELLO = { ...SHORT, max_tokens: 1_500 };
const SEARCH: Anthropic.WebSearchTool20260318 = { type: 'web_search_20260318', name: 'web_search', max_uses: 3 };
const FETCH: Anthropic.WebFetchTool20260318 = { type: 'web_fetch_20260318', name: 'web_fetch', max_uses: 2 };
const SOURCES = {
  type: 'object',
  additionalProperties: false,
  required: ['summary', 'sources'],
  properties: {
    summary: { type: 'string' },
    prices: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['plan', 'source'],
        properties: { plan: { type: 'string' }, source: { type: 'string', format: 'uri' } },
      },
    },
    sources: {
      type: 'array',
      description: 'Between 2 and 3 items',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['url', 'title'],
        properties: { url: { type: 'string', format: 'uri' }, title: { type: 'string' } },
      },
    },
  },
};
const SHAPED = { output_config: { format: { type: 'json_schema' as const, schema: SOURCES } } };
const topic = (at: number): Anthropic.MessageParam[] => [
  { role: 'user', content: `<topic>Project tools for team ${at}</topic>\nWrite about it.` },
];

const searchesIn = ({ content }: Anthropic.Message) => content.flatMap((block) => (block.type === 'web_search_tool_result' ? [block] : []));
const pagesIn = (message: Anthropic.Message): Anthropic.WebSearchResultBlock[] =>
  searchesIn(message).flatMap(({ content }) => (Array.isArray(content) ? content : []));
const answerIn = ({ content }: Anthropic.Message): string => {
  const last = content.at(-1);
  return last?.type === 'text' ? last.text : '';
};
const turn = (message: Anthropic.Message): Anthropic.MessageParam => ({
  role: 'assistant',
  content: JSON.parse(JSON.stringify(message.content)) as Anthropic.ContentBlockParam[],
});

describe('web search', () => {
  test('uses and results come in pairs before the answer, within max_uses, and are counted', async () => {
    const claude = clientOf(await simulatorFor());
    const counts = new Set<number>();
    for (let at = 0; at < 12; at += 1) {
      const message = await claude.messages.create({ ...HELLO, messages: topic(at), tools: [{ ...SEARCH, max_uses: 2 }] });
      const uses = message.content.flatMap((block) => (block.type === 'server_tool_use' ? [block] : []));
      expect(message.stop_reason).toBe('end_turn');
      expect(uses.map(({ id }) => id)).toEqual(searchesIn(message).map(({ tool_use_id }) => tool_use_id));
      expect(uses.every(({ id, name, caller }) => id.startsWith('srvtoolu_01') && name === 'web_search' && caller.type === 'direct')).toBe(
        true,
      );
      expect(new Set(uses.map(({ input }) => (input as { query: string }).query)).size).toBe(uses.length);
      expect(message.usage.server_tool_use).toEqual({ web_search_requests: uses.length, web_fetch_requests: 0 });
      counts.add(uses.length);
    }
    expect([...counts].sort()).toEqual([1, 2]);
  });

  test('results are made up on reserved hosts, and domain lists are kept to', async () => {
    const claude = clientOf(await simulatorFor());
    const hostsOf = async (tool: Partial<Anthropic.WebSearchTool20260318>): Promise<string[]> => {
      const message = await claude.messages.create({ ...HELLO, tools: [{ ...SEARCH, ...tool }] });
      return pagesIn(message).map(({ url }) => new URL(url).hostname);
    };
    for (const host of await hostsOf({})) expect(host).toMatch(/(^|\.)example\.(com|org|net)$|\.(test|example)$/);
    expect(new Set(await hostsOf({ allowed_domains: ['docs.acme.test/guide'] }))).toEqual(new Set(['docs.acme.test']));
    const blocked = await hostsOf({ blocked_domains: ['example.com', 'example.org', 'example.net', 'test'] });
    expect(blocked.length).toBeGreaterThan(0);
    for (const host of blocked) expect(host).toMatch(/\.example$/);
  });

  test('structured output is the last text, and its sources are pages that were found', async () => {
    const claude = clientOf(await simulatorFor());
    for (let at = 0; at < 8; at += 1) {
      const message = await claude.messages.create({ ...HELLO, ...SHAPED, messages: topic(at), tools: [SEARCH] });
      const { sources, prices = [] } = JSON.parse(answerIn(message)) as {
        sources: Array<{ url: string; title: string }>;
        prices?: Array<{ source: string }>;
      };
      const found = pagesIn(message).map(({ url, title }) => ({ url, title }));
      expect(sources.length).toBeGreaterThan(1);
      for (const source of sources) expect(found).toContainEqual(source);
      for (const { source } of prices) expect(sources.map(({ url }) => url)).toContain(source);
    }
  });

  test('plain text cites a result', async () => {
    const message = await clientOf(await simulatorFor()).messages.create({ ...HELLO, tools: [SEARCH] });
    const cited = message.content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : []));
    expect(cited).toEqual([expect.objectContaining({ type: 'web_search_result_location', url: pagesIn(message)[0]?.url })]);
  });

  test('a stream accumulates to the answer without a stream', async () => {
    const claude = clientOf(await simulatorFor());
    for (const request of [
      { ...HELLO, tools: [SEARCH, FETCH] },
      { ...HELLO, ...SHAPED, tools: [SEARCH] },
    ]) {
      const whole = await claude.messages.create(request);
      const { parsed_output: _unused, ...streamed } = (await claude.messages.stream(request).finalMessage()) as Anthropic.Message & {
        parsed_output?: unknown;
      };
      expect(streamed).toEqual({ ...whole });
    }
  });

  test('the same request gets the same results, also elsewhere', async () => {
    const ask = async () => (await clientOf(await simulatorFor()).messages.create({ ...HELLO, tools: [SEARCH] })).content;
    expect(await ask()).toEqual(await ask());
  });
});

describe('web fetch', () => {
  test('reads pages of the results, or the one that the prompt names', async () => {
    const claude = clientOf(await simulatorFor());
    const message = await claude.messages.create({ ...HELLO, tools: [SEARCH, FETCH] });
    const read = message.content.flatMap((block) => (block.type === 'web_fetch_tool_result' ? [block.content] : []));
    expect(read).toHaveLength(2);
    expect(message.usage.server_tool_use?.web_fetch_requests).toBe(2);
    for (const page of read) expect(pagesIn(message).map(({ url }) => url)).toContain(page.type === 'web_fetch_result' && page.url);

    const named = await claude.messages.create({
      ...HELLO,
      messages: [{ role: 'user', content: 'Say what is on https://acme.test/prices in short.' }],
      tools: [{ ...FETCH, max_content_tokens: 50 }],
    });
    expect(named.content).toContainEqual(
      expect.objectContaining({
        type: 'web_fetch_tool_result',
        content: expect.objectContaining({ type: 'web_fetch_result', url: 'https://acme.test/prices' }),
      }),
    );
    const text = JSON.stringify(named.content.find(({ type }) => type === 'web_fetch_tool_result'));
    expect(text.length).toBeLessThan(50 * 3.6 + 400);
  });
});

describe('the bill', () => {
  test('has the searches and every sampling, and is what the usage says', async () => {
    const simulator = await simulatorFor();
    const message = await clientOf(simulator).messages.create({ ...HELLO, tools: [SEARCH] });
    const rates = ratesFor(HELLO.model, Date.now());
    if (rates === null) throw new Error('no price');
    const searches = searchesIn(message).length;
    const usage = usageOf(message.usage);
    expect(usage.web_search_requests).toBe(searches);
    expect(lastRecord(simulator).usage).toMatchObject(usage);
    expect(lastRecord(simulator).costPico).toBe(costOf(usage, rates));
    const { web_search_requests: _searches, ...tokens } = usage;
    expect(lastRecord(simulator).costPico - costOf({ ...NO_USAGE, ...tokens }, rates)).toBe(searches * 1e10);
    expect(simulator.stats().usage.web_search_requests).toBe(searches);
    // All of the first result is read again by each sampling after it.
    const first = Buffer.byteLength(JSON.stringify(searchesIn(message)[0])) / 3.6;
    expect(usage.input_tokens + usage.cache_read_input_tokens + usage.cache_creation_input_tokens).toBeGreaterThan(first * searches);
  });

  test('an error in place of results is not charged for, and the answer does without', async () => {
    const simulator = await simulatorFor();
    const request = { ...HELLO, ...SHAPED, tools: [SEARCH] };
    for (const code of ['unavailable', 'max_uses_exceeded', 'too_many_requests', 'invalid_tool_input']) {
      const message = await clientOf(simulator).messages.create(request, withFault(`search_error;errorCode=${code}`));
      expect(searchesIn(message).map(({ content }) => content)).toContainEqual({ type: 'web_search_tool_result_error', error_code: code });
      expect(message.usage.server_tool_use).toEqual({ web_search_requests: 0, web_fetch_requests: 0 });
      expect(lastRecord(simulator).usage.web_search_requests).toBeUndefined();
      expect(JSON.parse(answerIn(message))).toMatchObject({ sources: [] });
    }
  });
});

describe('turns', () => {
  test('an answer that pauses while it searches goes on where it was', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const request = { ...HELLO, ...SHAPED, tools: [SEARCH] };
    const paused = await claude.messages.create(request, withFault('pause_turn'));
    expect(paused.stop_reason).toBe('pause_turn');
    const waiting = paused.content.at(-1);
    expect(waiting?.type).toBe('server_tool_use');
    const next = await claude.messages.create({ ...request, messages: [...HELLO.messages, turn(paused)] });
    expect(next.stop_reason).toBe('end_turn');
    expect(next.content.find(({ type }) => type !== 'thinking')).toMatchObject({
      type: 'web_search_tool_result',
      tool_use_id: (waiting as Anthropic.ServerToolUseBlock).id,
    });
    expect(next.usage.server_tool_use?.web_search_requests).toBe(1);
    const { sources } = JSON.parse(answerIn(next)) as { sources: Array<{ url: string }> };
    const found = [...pagesIn(paused), ...pagesIn(next)].map(({ url }) => url);
    for (const { url } of sources) expect(found).toContain(url);
  });

  test('an answer that went on after a pause can be taken up again', async () => {
    const claude = clientOf(await simulatorFor());
    const paused = await claude.messages.create({ ...HELLO, tools: [SEARCH] }, withFault('pause_turn'));
    const next = await claude.messages.create({ ...HELLO, tools: [SEARCH], messages: [...HELLO.messages, turn(paused)] });
    const messages: Anthropic.MessageParam[] = [...HELLO.messages, turn(paused), turn(next), { role: 'user', content: 'Again, please.' }];
    expect((await claude.messages.create({ ...HELLO, tools: [SEARCH], messages })).stop_reason).toBe('end_turn');
  });

  test('a next turn searches no more and still knows its pages', async () => {
    const claude = clientOf(await simulatorFor());
    const request = { ...HELLO, ...SHAPED, tools: [SEARCH] };
    const first = await claude.messages.create(request);
    const again: Anthropic.MessageParam = { role: 'user', content: 'Give the whole answer again.' };
    const second = await claude.messages.create({ ...request, messages: [...HELLO.messages, turn(first), again] });
    expect(second.usage.server_tool_use).toBeNull();
    const { sources } = JSON.parse(answerIn(second)) as { sources: Array<{ url: string }> };
    for (const { url } of sources) expect(pagesIn(first).map((page) => page.url)).toContain(url);
  });

  test('searches go with tools of the caller, also before their results are there', async () => {
    const claude = clientOf(await simulatorFor());
    const own: Anthropic.Tool = {
      name: 'look',
      description: 'Looks',
      input_schema: { type: 'object', properties: { place: { type: 'string' } } },
    };
    const waited = new Set<boolean>();
    for (let at = 0; at < 16; at += 1) {
      const request = { ...HELLO, tools: [own, SEARCH] };
      const first = await claude.messages.create({ ...request, messages: topic(at) });
      expect(first.stop_reason).toBe('tool_use');
      const uses = first.content.flatMap((block) => (block.type === 'server_tool_use' ? [block.id] : []));
      const waiting = uses.filter((id) => !searchesIn(first).some(({ tool_use_id }) => tool_use_id === id));
      waited.add(waiting.length > 0);
      const results = first.content.flatMap((block) =>
        block.type === 'tool_use' ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'ok' }] : [],
      );
      const second = await claude.messages.create({
        ...request,
        messages: [...topic(at), turn(first), { role: 'user', content: results }],
      });
      expect(second.stop_reason).toBe('end_turn');
      expect(searchesIn(second).map(({ tool_use_id }) => tool_use_id)).toEqual(waiting);
    }
    expect([...waited].sort()).toEqual([false, true]);
  });

  test('tool_choice "none" searches nothing', async () => {
    const message = await clientOf(await simulatorFor()).messages.create({ ...HELLO, tools: [SEARCH], tool_choice: { type: 'none' } });
    expect(message.content.map(({ type }) => type)).not.toContain('server_tool_use');
  });

  test('a script gives the pages of its search', async () => {
    const pages = [{ url: 'https://acme.test/a', title: 'A' }];
    const simulator = await simulatorFor({ rules: [{ match: { tool: 'web_search' }, reply: { pages, json: { said: 'x' } } }] });
    const message = await clientOf(simulator).messages.create({ ...HELLO, tools: [SEARCH] });
    expect(pagesIn(message).map(({ url, title }) => ({ url, title }))).toEqual(pages);
    expect(answerIn(message)).toBe('{"said":"x"}');
    expect(message.usage.server_tool_use?.web_search_requests).toBe(1);
  });
});

describe('validation', () => {
  const refused = async (change: object): Promise<string> => {
    const error = await rejection(clientOf(await simulatorFor()).messages.create({ ...HELLO, ...change } as never));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    return (error as InstanceType<typeof Anthropic.APIError>).apiMessage ?? '';
  };

  test.each([
    [{ ...SEARCH, type: 'web_search_20990101' }, /^tools\.0: Input tag 'web_search_20990101'/],
    [{ ...SEARCH, name: 'search' }, /web_search_20260318\.name: Input should be 'web_search'/],
    [{ ...SEARCH, max_uses: 0 }, /max_uses: Input should be greater than 0/],
    [{ ...SEARCH, max_uses: 1.5 }, /max_uses: Input should be a valid integer/],
    [{ ...SEARCH, max_content_tokens: 5 }, /max_content_tokens: Extra inputs are not permitted/],
    [{ ...FETCH, max_content_tokens: -1 }, /max_content_tokens: Input should be greater than 0/],
    [{ ...SEARCH, allowed_callers: ['me'] }, /allowed_callers\.0: Input should be 'direct'/],
    [{ ...SEARCH, allowed_domains: ['a.test'], blocked_domains: ['b.test'] }, /Only one of/],
    [{ ...SEARCH, allowed_domains: ['https://a.test'] }, /allowed_domains\.0: Domains must not include a scheme/],
  ])('of a tool: %j', async (tool, message) => {
    expect(await refused({ tools: [tool] })).toMatch(message);
  });

  test('every version that the API knows is taken', async () => {
    const claude = clientOf(await simulatorFor());
    for (const type of ['web_search_20250305', 'web_search_20260209', 'web_search_20260318'] as const) {
      expect(searchesIn(await claude.messages.create({ ...HELLO, tools: [{ type, name: 'web_search' }] })).length).toBeGreaterThan(0);
    }
  });

  test('citations of pages do not go with a fixed format', async () => {
    expect(await refused({ ...SHAPED, tools: [{ ...FETCH, citations: { enabled: true } }] })).toMatch(/citations are not supported/);
  });

  test('results must come back as they were, and after their use', async () => {
    const claude = clientOf(await simulatorFor());
    const first = await claude.messages.create({ ...HELLO, tools: [SEARCH] });
    const resend = (change: (text: string) => string): Promise<string> => {
      const content = JSON.parse(change(JSON.stringify(first.content))) as unknown;
      return refused({
        tools: [SEARCH],
        messages: [...HELLO.messages, { role: 'assistant', content }, { role: 'user', content: 'Go on.' }],
      });
    };
    const page = pagesIn(first)[0] as Anthropic.WebSearchResultBlock;
    expect(await resend((text) => text.replace(page.encrypted_content, `${page.encrypted_content.slice(0, -8)}AAAAAAA=`))).toMatch(
      /Invalid `encrypted_content`/,
    );
    expect(await resend((text) => text.replace(page.url, 'https://acme.test/other'))).toMatch(/Invalid `encrypted_content`/);
    expect(await resend((text) => text.replace('srvtoolu_', 'srvtoolu_x'))).toMatch(
      /unexpected `tool_use_id` found in `web_search_tool_result` blocks/,
    );
  });

  test('a use whose result never came is refused further on', async () => {
    const claude = clientOf(await simulatorFor());
    const paused = await claude.messages.create({ ...HELLO, tools: [SEARCH] }, withFault('pause_turn'));
    const messages = [
      ...HELLO.messages,
      turn(paused),
      { role: 'user', content: 'And?' },
      { role: 'assistant', content: 'Well.' },
      { role: 'user', content: 'So?' },
    ];
    expect(await refused({ tools: [SEARCH], messages })).toMatch(/was found without a corresponding `web_search_tool_result` block/);
  });
});

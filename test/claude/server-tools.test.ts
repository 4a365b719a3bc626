import type Anthropic from '@anthropic-ai/sdk';

import { serverToolsOf, serverToolUses } from '../../claude/server-tools';
import { createModels } from '../../claude/models';
import { createTemplate, followUp, renderRequest } from '../../claude/request';
import { readSettings } from '../../common/settings';
import { WEB_RESULT_TOKENS } from '../../common/pricing';

describe('serverToolsOf()', () => {
  it('gives the newest versions, used by Claude alone and with a limit', () => {
    expect(serverToolsOf('a', ['webSearch', 'webFetch'])).toEqual([
      { type: 'web_search_20260318', name: 'web_search', max_uses: 3, allowed_callers: ['direct'] },
      { type: 'web_fetch_20260318', name: 'web_fetch', max_uses: 3, allowed_callers: ['direct'], max_content_tokens: 10_000 },
    ]);
    expect(serverToolsOf('a')).toEqual([]);
  });

  it('passes limits and domains on', () => {
    expect(serverToolsOf('a', [{ name: 'webSearch', maxUses: 7, allowedDomains: ['example.com', 'example.org/blog'] }])).toMatchObject([
      { max_uses: 7, allowed_domains: ['example.com', 'example.org/blog'] },
    ]);
    expect(serverToolsOf('a', [{ name: 'webFetch', blockedDomains: ['example.com'] }])).toMatchObject([
      { blocked_domains: ['example.com'] },
    ]);
  });

  it.each([
    [['webSearch', { name: 'webSearch' as const }], 'a tool is listed twice; list it once'],
    [[{ name: 'browse' as 'webSearch' }], '"browse" is not one; use webSearch, webFetch'],
    [[{ name: 'webSearch' as const, maxUses: 0 }], 'maxUses of "webSearch" is 0; give a whole number from 1'],
    [[{ name: 'webFetch' as const, maxUses: 1.5 }], 'maxUses of "webFetch" is 1.5; give a whole number from 1'],
    [
      [{ name: 'webSearch' as const, allowedDomains: ['a.test'], blockedDomains: ['b.test'] }],
      '"webSearch" has both allowedDomains and blockedDomains; give one of them',
    ],
    [[{ name: 'webSearch' as const, allowedDomains: ['https://a.test'] }], '"https://a.test" is not a domain'],
  ] as const)('refuses %j', (listed, why) => {
    expect(() => serverToolsOf('scout', listed)).toThrow(`Cannot use the server tools of "scout": ${why}`);
  });
});

describe('a request with server tools', () => {
  const model = createModels(readSettings({})).forTier('fast');
  const template = (serverTools = serverToolsOf('a', ['webSearch', { name: 'webFetch', maxUses: 2 }])) =>
    createTemplate({ model, system: 'Be brief.', maxTokens: 100, effort: 'low', serverTools });

  it('carries them and says how often they may be used, in every turn', () => {
    const request = renderRequest(template(), 'A');
    expect(request.params.tools?.map((tool) => tool.type)).toEqual(['web_search_20260318', 'web_fetch_20260318']);
    expect(request.serverTools).toEqual({ searches: 3, fetches: 2 });
    expect(followUp(request.params, { maxTokens: 7 }).serverTools).toEqual({ searches: 3, fetches: 2 });
    expect(serverToolUses([{ name: 'web_search', input_schema: { type: 'object' } }])).toBeUndefined();
  });

  it('may also make the uses that an answer left waiting when it paused: they are carried out now', () => {
    const { params } = renderRequest(template(), 'A');
    const use = (id: string, name: 'web_search' | 'web_fetch') => ({ type: 'server_tool_use' as const, id, name, input: {} });
    const result = { type: 'web_search_tool_result' as const, tool_use_id: 's1', content: [] };
    const paused = {
      role: 'assistant' as const,
      content: [use('s1', 'web_search'), result, use('s2', 'web_search'), use('f1', 'web_fetch')],
    };
    expect(followUp(params, { append: [paused] }).serverTools).toEqual({ searches: 4, fetches: 3 });
  });

  it('is without them the same as ever', () => {
    const plain = renderRequest(createTemplate({ model, system: 'Be brief.', maxTokens: 100, effort: 'low' }), 'A');
    expect(renderRequest(template([]), 'A')).toEqual(plain);
    expect(plain.params).not.toHaveProperty('tools');
    expect(plain).not.toHaveProperty('serverTools');
  });

  it('counts results that it hands back as what they were counted when they came, however long they are', () => {
    const { params, inputBytes } = renderRequest(template(), 'A');
    const result = (length: number) => ({
      type: 'web_search_tool_result' as const,
      tool_use_id: 's',
      content: [{ type: 'web_search_result' as const, url: 'https://a.test', title: 'A', encrypted_content: 'x'.repeat(length) }],
    });
    const sizeWith = (length: number): number =>
      followUp(params, { append: [{ role: 'assistant', content: [result(length)] }] }).inputBytes - inputBytes;
    expect(sizeWith(1_000)).toBeGreaterThan(1_000);
    expect(sizeWith(1_000)).toBeLessThan(1_300);
    expect(sizeWith(400_000)).toBeLessThan(WEB_RESULT_TOKENS + 100);
  });

  it('counts a PDF that it hands back by its bytes: no limit holds for what is in it', () => {
    const { params, inputBytes } = renderRequest(template(), 'A');
    const page = (source: Anthropic.Base64PDFSource | Anthropic.PlainTextSource) => ({
      type: 'web_fetch_tool_result' as const,
      tool_use_id: 'f',
      content: { type: 'web_fetch_result' as const, url: 'https://a.test', content: { type: 'document' as const, source } },
    });
    const sizeWith = (source: Anthropic.Base64PDFSource | Anthropic.PlainTextSource): number =>
      followUp(params, { append: [{ role: 'assistant', content: [page(source)] }] }).inputBytes - inputBytes;
    const data = 'x'.repeat(400_000);
    expect(sizeWith({ type: 'base64', media_type: 'application/pdf', data })).toBeGreaterThan(400_000);
    expect(sizeWith({ type: 'text', media_type: 'text/plain', data })).toBeLessThan(WEB_RESULT_TOKENS + 100);
  });
});

import type Anthropic from '@anthropic-ai/sdk';

import { textOf } from '../../claude/structured-output';
import { foundUrls, unknownSources } from '../../claude/web-results';

const searched = (...urls: string[]) => ({
  type: 'web_search_tool_result',
  tool_use_id: 's1',
  content: urls.map((url) => ({ type: 'web_search_result', url, title: 'T', encrypted_content: 'e', page_age: null })),
});
const said = (...content: object[]): Anthropic.MessageParam => ({ role: 'assistant', content: content as Anthropic.ContentBlockParam[] });
const foundIn = (...messages: Anthropic.MessageParam[]) => foundUrls(messages);

describe('unknownSources()', () => {
  const found = foundIn(said(searched('https://a.test/x', 'https://B.test/y/?q=1')));

  it('knows the pages that were found, also when they are spelled a little differently', () => {
    const sources = [
      'https://a.test/x',
      'http://a.test/x/',
      'https://a.test/x#prices',
      'https://www.a.test/x',
      'a.test/x',
      'https://b.test/y?q=1',
    ];
    expect(unknownSources({ sources: sources.map((url) => ({ url, title: 'T' })) }, found)).toEqual([]);
  });

  it.each(['https://a.test', 'https://a.test/x2', 'https://c.test/x', 'https://b.test/y?q=2', 'https://b.test/y', 'not an address'])(
    'does not know %s',
    (url) => {
      expect(unknownSources({ sources: [{ url }] }, found)).toEqual([
        `source "${url}" is not among the search results; name only pages that were found`,
      ]);
    },
  );

  it('looks wherever sources stand, each page once', () => {
    const output = {
      competitors: [
        { sources: ['https://c.test', 'https://a.test/x'] },
        { prices: [{ source: 'https://c.test' }, { source: { url: 'https://d.test' } }] },
      ],
      url: 'https://e.test',
    };
    expect(unknownSources(output, found).map((reason) => reason.split('"')[1])).toEqual(['https://c.test', 'https://d.test']);
  });

  it('leaves sources in words alone, and outputs without any', () => {
    expect(unknownSources({ sources: ['PostgreSQL manual', 7, null] }, found)).toEqual([]);
    expect(unknownSources({ source: undefined, sources: [] }, found)).toEqual([]);
    expect(unknownSources('text', found)).toEqual([]);
    expect(unknownSources({ sources: ['www.c.test', 'c.test/prices', 'Node.js documentation', 'e.g. a manual'] }, found)).toHaveLength(2);
  });

  it('lists at most ten', () => {
    const sources = Array.from({ length: 30 }, (_unused, at) => `https://c.test/${at}`);
    expect(unknownSources({ sources }, found)).toHaveLength(10);
  });
});

describe('foundUrls()', () => {
  it('takes pages that were read and what tools of ours named, of all turns; no error and no words of anybody', () => {
    const read = (content: object) => ({ type: 'web_fetch_tool_result', tool_use_id: 'f', content });
    const use = { type: 'server_tool_use', id: 'f', name: 'web_fetch', input: { url: 'https://moved.test' } };
    const urls = foundIn(
      { role: 'user', content: 'See https://asked.test' },
      said(searched('https://a.test'), use, read({ type: 'web_fetch_result', url: 'https://read.test', content: {}, retrieved_at: null })),
      said(
        { ...use, id: 'g', input: { url: 'https://gone.test' } },
        { ...read({ type: 'web_fetch_tool_result_error', error_code: 'url_not_accessible' }), tool_use_id: 'g' },
        { type: 'text', text: 'https://said.test' },
      ),
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: '{"url":"https://shop.test/1"}' }] },
      said({
        type: 'web_search_tool_result',
        tool_use_id: 's2',
        content: { type: 'web_search_tool_result_error', error_code: 'unavailable' },
      }),
    );
    expect([...urls].sort()).toEqual(['a.test', 'moved.test', 'read.test', 'shop.test/1']);
  });

  it('takes an address that a tool of ours names at the end of a sentence', () => {
    const said = 'It is at https://shop.test/kettles, see also https://shop.test/pots?q=a.b. Or https://shop.test/pans!';
    const urls = foundIn({ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: said }] });
    expect([...urls]).toEqual(['shop.test/kettles', 'shop.test/pots?q=a.b', 'shop.test/pans']);
  });
});

describe('textOf()', () => {
  const message = (...content: object[]) => ({ content }) as never;
  const text = (value: string) => ({ type: 'text', text: value });

  it('is what was said after the last search or page', () => {
    const use = { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} };
    expect(textOf(message(text('I will look.'), use, searched('https://a.test'), text('{"a":'), text('1}')))).toBe('{"a":1}');
    expect(textOf(message(text('I will look.'), use))).toBe('');
    expect(textOf(message({ type: 'thinking', thinking: '', signature: 's' }, text('a'), text('b')))).toBe('ab');
  });
});

import fc from 'fast-check';
import { z } from 'zod';

import { fetchRows, httpJsonSchema, type HttpJsonShape } from '../../../../activities/tools/connectors/http-json';
import { defineTool } from '../../../../activities/tools/define-tool';
import { parseToolConfig } from '../../../../activities/tools/tool-config';
import { failed } from '../../scripted-rig';
import { type DataServer, json, startDataServer, text } from '../data-server';

const SHAPE: HttpJsonShape = {
  placeholders: ['address', 'postalCode', 'limit'],
  required: { name: 'text', rating: 'number' },
  optional: { level: 'text', opened: 'date', tags: 'texts', open: 'boolean', miles: 'number' },
};
const row = z.object({
  name: z.string().min(1),
  rating: z.number().min(1).max(10),
  level: z.enum(['low', 'high']).optional(),
  opened: z.iso.date().optional(),
  tags: z.array(z.string()).optional(),
  open: z.boolean().optional(),
  miles: z.number().optional(),
});
const lookup = defineTool({
  name: 'lookup',
  description: 'Looks something up',
  input: z.strictObject({}),
  output: z.object({}),
  config: httpJsonSchema(SHAPE).optional(),
  run: () => ({}),
});
const KEY = 's3cret-k3y';

function section(given: Record<string, unknown>) {
  const content = { tools: { lookup: { connector: 'httpJson', fields: { name: 'name', rating: 'rating' }, ...given } } };
  return parseToolConfig(content, { lookup }, { LOOKUP_KEY: KEY }).tools['lookup'] as z.output<ReturnType<typeof httpJsonSchema>>;
}

describe('httpJsonSchema()', () => {
  it('takes an address with placeholders, a key from the environment, paths and conversions', () => {
    const config = section({
      url: 'https://api.example.com/v1/{postalCode}/schools?near={address}',
      query: { apikey: '${LOOKUP_KEY}', max: '{limit}' },
      headers: { Authorization: 'Bearer ${LOOKUP_KEY}' },
      rows: '/data/schools',
      fields: {
        name: 'school.name',
        rating: { path: 'stars', times: 2 },
        level: { path: 'grade', values: { E: 'low' }, otherwise: 'high' },
      },
    });
    expect(config).toMatchObject({ query: { apikey: KEY }, headers: { Authorization: `Bearer ${KEY}` }, timeoutMs: 10_000 });
  });

  it.each([
    { url: 'http://api.example.com/rows?key={address}', query: { token: '{postalCode}' }, headers: { 'Accept-Language': 'en' } },
    { url: 'http://127.0.0.1:8080/rows?apikey=${LOOKUP_KEY}' },
    { url: 'https://api.example.com/rows?apikey=${LOOKUP_KEY}' },
  ])('takes %j: no key goes where others can read it', (given) => {
    expect(section(given)).toMatchObject({ connector: 'httpJson' });
  });

  const url = 'https://api.example.com/';
  it.each([
    [
      'an unknown placeholder',
      { url: `${url}?a={adress}` },
      '"url" has the unknown placeholder "{adress}"; use one of {address}, {postalCode}, {limit}',
    ],
    ['an unknown placeholder of the query', { url, query: { a: '{city}' } }, '"query.a" has the unknown placeholder "{city}"'],
    ['a host from a placeholder', { url: 'https://{address}/rows' }, '"url" must name its host without placeholders'],
    ['a part of a host from a placeholder', { url: 'https://api.example.com{address}' }, '"url" must name its host without placeholders'],
    ['a port from a placeholder', { url: 'https://api.example.com:{limit}/' }, '"url" must'],
    ['a step up in the path', { url: `${url}a/../{address}` }, '"url" must not have "." or ".." in its path'],
    ['no address', { url: '/rows' }, '"url" must be an http or https address'],
    ['another protocol', { url: 'file:///etc/passwd' }, '"url" must be an http or https address'],
    [
      'a password in the address',
      { url: `https://me:\${LOOKUP_KEY}@api.example.com/` },
      '"url" must not hold a user or password; use "headers"',
    ],
    ['a missing field', { url, fields: { name: 'name' } }, '"fields" must say where in a row rating is'],
    [
      'an unknown field',
      { url, fields: { name: 'a', rating: 'b', stars: 'c' } },
      'has the unknown field "stars"; use name, rating, level, opened',
    ],
    ['a wrong path', { url, fields: { name: 'a..b', rating: 'b' } }, '"fields.name" must be a path like "data.items.0.name"'],
    ['a wrong path to the rows', { url, rows: 'data.' }, '"rows" must be a path like "data.items.0.name"'],
    ['an unknown setting', { url, method: 'DELETE' }, 'method'],
    ['a key written out', { url, query: { apikey: KEY } }, 'tools.lookup.query.apikey: a secret stands in the file'],
    ['a key written into the address', { url: `${url}?apikey=${KEY}` }, 'tools.lookup.url: a secret stands in the file'],
    [
      'a key in a header that anybody on the way can read',
      { url: 'http://api.example.com/', headers: { 'X-Api-Key': '${LOOKUP_KEY}' } },
      '"url" must be an https address',
    ],
    [
      'a key in the query that anybody on the way can read',
      { url: 'http://api.example.com/', query: { apikey: '${LOOKUP_KEY}' } },
      '"url" must be an https address',
    ],
    [
      'a key in the address that anybody on the way can read',
      { url: 'http://api.example.com/?a={address}&apikey=${LOOKUP_KEY}' },
      '"url" must be an https address',
    ],
  ])('refuses %s when the worker starts, and names no key', (_, given, why) => {
    const parse = () => section(given);
    expect(parse).toThrow(why);
    expect(parse).toThrow(/^tools\.lookup/);
    expect(parse).not.toThrow(KEY);
  });
});

describe('fetchRows()', () => {
  let server: DataServer;
  beforeEach(async () => {
    server = await startDataServer();
  });
  afterEach(() => server.close());

  const fetched = (given: Record<string, unknown> = {}, values: Record<string, string | number | undefined> = {}) => {
    const config = section({ url: `${server.url}/rows`, ...given });
    return fetchRows({ tool: 'lookup', config, shape: SHAPE, values, row, signal: new AbortController().signal });
  };
  const target = () => server.arrived.at(-1)?.target;

  it('puts values into the address encoded, and leaves out parameters that nothing is known for', async () => {
    server.answer = json([]);
    const given = {
      url: `${server.url}/in/{postalCode}/rows?near={address}`,
      query: { max: '{limit}', zip: '{postalCode}', key: '${LOOKUP_KEY}', around: '{address} {limit}' },
      headers: { 'X-Key': '${LOOKUP_KEY}' },
    };
    await fetched(given, { address: '1 A&B St #2/ä', postalCode: '97 000' });
    expect(target()).toBe(`/in/97%20000/rows?near=1%20A%26B%20St%20%232%2F%C3%A4&zip=97%20000&key=${KEY}`);
    expect(server.arrived[0]?.headers['x-key']).toBe(KEY);
    await fetched({ query: { max: '{limit}' } }, { limit: 5 });
    expect(target()).toBe('/rows?max=5');
  });

  it('says what the service needs and the caller has not given', async () => {
    const error = await failed(fetched({ url: `${server.url}/{postalCode}` }));
    expect(error).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
    expect(error.message).toBe('Cannot ask for "lookup": its service needs "postalCode"; give it');
    expect(server.arrived).toEqual([]);
  });

  it.each(['..', '.'])('lets no value step through the path: %s', async (postalCode) => {
    for (const path of ['/public/{postalCode}/rows', '/{postalCode}', '/public/{postalCode}?a=b']) {
      expect((await failed(fetched({ url: server.url + path }, { postalCode }))).message).toBe(
        'Cannot ask for "lookup": a value would change the address that is asked; correct the input',
      );
    }
    expect(server.arrived).toEqual([]);
  });

  it('lets no value be anything but a value', async () => {
    server.answer = json([]);
    const given = { url: `${server.url}/in/{postalCode}/rows?near={address}`, query: { max: '<{address}>' } };
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1 }), async (address, postalCode) => {
        fc.pre(!/^\.{1,2}$/.test(postalCode));
        await fetched(given, { address, postalCode });
        const { pathname, searchParams } = new URL(target() ?? '', server.url);
        const known = address.replace(/\p{Surrogate}/gu, '\uFFFD');
        expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'in', postalCode, 'rows']);
        expect([...searchParams]).toEqual([
          ['near', known],
          ['max', `<${known}>`],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('maps rows by paths, words, factors and defaults', async () => {
    server.answer = json({
      'data.v1': {
        'a/b': [
          {
            school: { names: ['Larch', 'L'] },
            stars: '4.5',
            grade: 'E',
            since: '1998-09-01T08:00:00Z',
            tags: 'small, new ; ',
            open: 'yes',
            km: 3,
          },
          { school: { names: ['Mill'] }, stars: 3, grade: 'X', since: 'long ago', tags: ['a', 7, ' '], open: 0, km: '1,000' },
        ],
      },
    });
    const fields = {
      name: 'school.names.0',
      rating: { path: 'stars', times: 2 },
      level: { path: 'grade', values: { E: 'low' }, otherwise: 'high' },
      opened: 'since',
      tags: 'tags',
      open: '/open',
      miles: { path: 'km', times: 0.621371 },
    };
    expect(await fetched({ rows: '/data.v1/a~1b', fields, source: 'Example Schools' })).toEqual({
      rows: [
        { name: 'Larch', rating: 9, level: 'low', opened: '1998-09-01', tags: ['small', 'new'], open: true, miles: 1.864113 },
        { name: 'Mill', rating: 6, level: 'high', tags: ['a', '7'], open: false, miles: 621.371 },
      ],
      skipped: 0,
      source: 'Example Schools',
    });
  });

  it('takes an object for the only row, null and no record for none', async () => {
    server.answer = json({ name: 'Larch', rating: '7' });
    expect(await fetched()).toEqual({ rows: [{ name: 'Larch', rating: 7 }], skipped: 0, source: server.host });
    server.answer = json({ results: null });
    expect(await fetched({ rows: 'results' })).toMatchObject({ rows: [], skipped: 0 });
    server.answer = text('no such place', 404);
    expect(await fetched()).toEqual({ rows: [], skipped: 0, source: server.host });
  });

  it('leaves out rows that do not fit and counts them, and facts beyond their bounds', async () => {
    server.answer = json([{ name: 'Larch', rating: 7, level: 'medium' }, { name: 'Mill' }, 'x', null, [], { name: 'Pond', rating: 70 }]);
    expect(await fetched({ fields: { name: 'name', rating: 'rating', level: 'level' } })).toMatchObject({
      rows: [{ name: 'Larch', rating: 7 }],
      skipped: 5,
    });
  });

  it('fails when there are rows and none fits', async () => {
    server.answer = json([{ title: 'Larch', rating: 7 }, { rating: 8 }]);
    const error = await failed(fetched());
    expect(error).toMatchObject({ type: 'ToolFailed', nonRetryable: true });
    expect(error.message).toMatch(
      /^Cannot use the answer of "127\.0\.0\.1:\d+" for "lookup": none of its 2 records fits \("name" is missing\); check "rows" and "fields" of "lookup" in the tools file$/,
    );
  });

  it.each([{}, { data: 'none' }, [[1]]])('fails when there is nothing where the rows should be: %j', async (answer) => {
    server.answer = json(answer);
    expect((await failed(fetched({ rows: 'data.rows' }))).message).toBe(
      `Cannot use the answer of "${server.host}" for "lookup": it has no records at "data.rows"; check "rows" of "lookup" in the tools file`,
    );
  });

  it('finds nothing that the answer does not hold itself', async () => {
    server.answer = text('{"constructor":{"name":"x"},"__proto__":{"name":"y","rating":2}}');
    expect(await fetched({ rows: '__proto__' })).toMatchObject({ rows: [{ name: 'y', rating: 2 }] });
    server.answer = json([{ rating: 1 }]);
    expect((await failed(fetched({ fields: { name: 'constructor.name', rating: 'rating' } }))).message).toContain(
      'its record does not fit',
    );
  });

  it('fails as requestJson() does, in its own limit of time', async () => {
    server.answer = text('', 429, { 'retry-after': '3' });
    expect(await failed(fetched())).toMatchObject({ nonRetryable: false, nextRetryDelay: 3_000 });
    server.answer = () => {};
    expect((await failed(fetched({ timeoutMs: 150 }))).message).toContain('it did not answer within 150 ms');
  });
});

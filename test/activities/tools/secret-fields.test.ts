import { secretsIn, writtenSecret } from '../../../activities/tools/secret-fields';

const REFERENCE = '${SHOP_KEY}';

describe('secretsIn()', () => {
  it('finds what is named like a secret, however deep, also in addresses', () => {
    const section = {
      shops: [{ name: 'A', accessToken: 'one' }, { headers: { Authorization: 'Bearer two', Accept: 'x' } }],
      client: { clientId: 'me', clientSecret: 'three', tokenUrl: 'https://a.test/token' },
      query: { apikey: 'four', key: '{query}', page: '2' },
      url: 'https://a.test/rows?q={query}&api_key=fi%76e&key={query}&n=1#token=six',
      timeoutMs: 1,
    };
    expect(secretsIn(section)).toEqual(['one', 'Bearer two', 'three', 'four', 'fi%76e', 'five']);
  });

  it.each([undefined, null, 7, 'https://a.test/?key=x', {}])('finds none in %j', (section) => {
    expect(secretsIn(section)).toEqual([]);
  });
});

describe('writtenSecret()', () => {
  it.each([
    [{ a: { password: 'x' } }, 'a.password'],
    [{ a: [{ url: 'https://a.test/?q=1&token=x' }] }, 'a.0.url'],
  ])('names the place of a secret in %j', (content, place) => {
    expect(writtenSecret(content)).toBe(place);
  });

  it.each([
    { apiKey: REFERENCE },
    { headers: { Authorization: `Bearer ${REFERENCE}` } },
    { url: `https://a.test/?key=${REFERENCE}` },
    { key: '{query}' },
    { key: 7 },
  ])('has nothing against %j', (content) => {
    expect(writtenSecret(content)).toBeUndefined();
  });
});

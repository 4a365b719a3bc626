import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { tools } from '../../activities/tools/index';
import { parseToolConfig } from '../../activities/tools/tool-config';

const page = readFileSync(join(__dirname, '../../docs/tools.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
const exampleWith = (tool: string): string => examples.find((json) => json.includes(`"${tool}"`)) ?? '{}';

describe('docs/tools.md', () => {
  it.each(examples)('has an example of a tools file that a worker takes: %s', (json) => {
    const env = new Proxy({}, { get: () => 'from-the-environment' });
    expect(() => parseToolConfig(JSON.parse(json), tools, env)).not.toThrow();
  });

  it('shows each tool on property data', () => {
    const { tools: shown } = JSON.parse(exampleWith('propertyRecord')) as { tools: object };
    expect(Object.keys(shown).sort()).toEqual(['comparableSales', 'propertyRecord', 'schoolRatings', 'walkability']);
  });

  it('shows shops whose keys come from the environment and whose defaults are as told', () => {
    const env = { SHOPIFY_TOKEN: 'a', ZED_TOKEN: 'b', REVIEWS_KEY: 'c' };
    const parsed = parseToolConfig(JSON.parse(exampleWith('shopListings')), tools, env).tools;
    expect(parsed['shopListings']).toMatchObject({
      timeoutMs: 20_000,
      shops: [
        { connector: 'shopifyAdmin', accessToken: 'a', maxPages: 4 },
        { connector: 'shopifyFeed', maxPages: 4 },
        { connector: 'httpJson', headers: { Authorization: 'Bearer b' } },
      ],
    });
    expect(parsed['shopReviews']).toMatchObject({ headers: { 'X-Api-Key': 'c' } });
  });

  it('lists every connector of its examples', () => {
    const connectors = [...examples.join('').matchAll(/"connector": "(\w+)"/g)].map(([, connector = '']) => connector);
    expect(new Set(connectors)).toEqual(new Set(['resoWebApi', 'httpJson', 'shopifyAdmin', 'shopifyFeed']));
    for (const connector of connectors) expect(page).toMatch(new RegExp(`^(\\| )?\`${connector}\` `, 'm'));
  });
});

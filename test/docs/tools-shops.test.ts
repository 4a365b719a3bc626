import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { tools } from '../../activities/tools/index';
import { parseToolConfig } from '../../activities/tools/tool-config';

const page = readFileSync(join(__dirname, '../../docs/tools.md'), 'utf8');

describe('docs/tools.md on shops', () => {
  const section = page.split(/^## /m).find((part) => part.startsWith('Shops\n')) ?? '';
  const example = /```json\n(.*?)```/s.exec(section)?.[1] ?? '';

  it('has a tools file that is accepted as it stands once its variables are set', () => {
    const env = { SHOPIFY_TOKEN: 'a', ZED_TOKEN: 'b', REVIEWS_KEY: 'c' };
    const parsed = parseToolConfig(JSON.parse(example), tools, env).tools;
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

  it('lists every connector of the example', () => {
    for (const [, connector = ''] of example.matchAll(/"connector": "(\w+)"/g)) expect(section).toContain(`| \`${connector}\` |`);
  });
});

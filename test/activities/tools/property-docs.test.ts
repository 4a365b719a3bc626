import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { tools } from '../../../activities/tools/index';
import { parseToolConfig } from '../../../activities/tools/tool-config';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'tools.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
const env = new Proxy({}, { get: () => 'from-the-environment' });

describe('docs/tools.md', () => {
  it.each(examples.map((json) => [json]))('has an example of a tools file that a worker takes: %s', (json) => {
    expect(() => parseToolConfig(JSON.parse(json), tools, env)).not.toThrow();
  });

  it('shows each connector of property data', () => {
    const shown = examples.find((json) => json.includes('propertyRecord')) ?? '{}';
    expect(Object.keys((JSON.parse(shown) as { tools: object }).tools).sort()).toEqual([
      'comparableSales',
      'propertyRecord',
      'schoolRatings',
      'walkability',
    ]);
  });
});

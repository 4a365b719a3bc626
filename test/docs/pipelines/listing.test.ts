import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines } from '../../../common/pipelines/index';

describe('docs/pipelines/listing.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', 'listing.md'), 'utf8');
  const { input, result } = pipelines.listing;
  const [pricing, finding] = [...page.matchAll(/```json\n([^]+?)```/g)].map(([, json = '']) => JSON.parse(json) as unknown);

  test('shows prices and a finding of the published schema, whole', () => {
    expect(result.shape.pricing.parse(pricing)).toEqual(pricing);
    expect(result.shape.findings.element.parse(finding)).toEqual(finding);
  });

  test('explains every field of input and result', () => {
    const property = Object.keys(input.shape.property.unwrap().shape);
    const prices = Object.keys(result.shape.pricing.shape).map((name) => `pricing.${name}`);
    const fields = Object.keys(result.shape).filter((name) => name !== 'pricing');
    for (const field of [...Object.keys(input.shape), ...property, ...fields, ...prices]) expect(page).toContain(`\`${field}\``);
  });

  test('explains every way in which a finding is settled', () => {
    for (const way of result.shape.findings.element.shape.settled.options) expect(page).toContain(`\`${way}\``);
    for (const status of result.shape.status.options) expect(page).toContain(`\`${status}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type listing .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });
});

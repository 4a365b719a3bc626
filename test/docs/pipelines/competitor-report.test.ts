import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pipelines, type PipelineName } from '../../../common/pipelines/index';
import { PRICE_BASES } from '../../../common/price-terms';
import { shapeOf } from '../../../workflows/pipelines/report-outline';

const pageOf = (name: PipelineName): string => readFileSync(join(__dirname, '..', '..', '..', 'docs', 'pipelines', `${name}.md`), 'utf8');

describe('docs/pipelines/competitorReport.md', () => {
  const page = pageOf('competitorReport');
  const { input, result } = pipelines.competitorReport;

  test('shows a comparison of the published schema, whole', () => {
    const shown: unknown = JSON.parse(/```json\n([^]+?)```/.exec(page)?.[1] ?? '');
    expect(result.shape.pricing.shape.comparisons.element.parse(shown)).toEqual(shown);
  });

  test('explains every field of input and result', () => {
    const { ours, competitors } = input.shape;
    const price = ours.unwrap().shape.price.unwrap().shape;
    const inner = [...Object.keys(ours.unwrap().shape), ...Object.keys(price), ...Object.keys(competitors.unwrap().element.shape)];
    const pricing = Object.keys(result.shape.pricing.shape).map((name) => `pricing.${name}`);
    const outer = Object.keys(result.shape).filter((name) => name !== 'pricing');
    for (const field of [...Object.keys(input.shape), ...inner, ...outer, ...pricing, ...PRICE_BASES])
      expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type competitorReport .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });

  test('says how long fifty pages are', () => {
    const { sections, wordsEach } = shapeOf(50);
    expect(page).toContain(`fifty pages are ${sections} sections of about ${wordsEach} words`);
  });
});

describe('docs/pipelines/reportSection.md', () => {
  const page = pageOf('reportSection');
  const { input, result } = pipelines.reportSection;

  test('explains every field of input and result', () => {
    const fact = Object.keys(input.shape.facts.element.shape);
    for (const field of [...Object.keys(input.shape), ...fact, ...Object.keys(result.shape)]) expect(page).toContain(`\`${field}\``);
  });

  test('starts it with an input that the pipeline accepts', () => {
    const started = JSON.parse(/--type reportSection .*--input '(.+)'/.exec(page)?.[1] ?? '') as unknown;
    expect(input.safeParse(started).success).toBe(true);
  });
});

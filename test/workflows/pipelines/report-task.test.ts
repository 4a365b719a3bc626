import { pipelines } from '../../../common/pipelines/index';
import { collectFindings } from '../../../workflows/pipelines/competitor-findings';
import { sectionTask } from '../../../workflows/pipelines/report-task';

const study = {
  positioning: 'For makers.',
  strengths: [{ claim: 'Fast.', source: 'https://acme.test' }],
  weaknesses: [],
  prices: [{ plan: 'Pro 500', amount: 12, currency: 'EUR', per: 'month', source: 'https://acme.test' }] as const,
  sources: [{ url: 'https://acme.test', title: 'Acme' }],
};
const section = (heading: string, factIds: string[]) => ({
  id: heading,
  heading,
  purpose: `On ${heading}.`,
  competitorIds: ['acme'],
  factIds,
});

describe('sectionTask()', () => {
  const input = pipelines.competitorReport.input.parse({
    market: 'Invoicing',
    pages: 4,
    ours: { name: 'Quill 2', price: { plan: 'Solo 1', amount: 9, currency: 'EUR', per: 'month' } },
  });
  const competitor = { id: 'acme', name: 'Acme', alsoCalled: [] };
  const findings = collectFindings([{ competitor, study: { ...study, prices: [...study.prices] } }], input.ours);
  const sections = [section('Market', ['acme-strength-1']), section('Prices', ['acme-price-1', 'ours-price'])];
  const task = sectionTask({ input, findings, sections }, 1);

  it('hands out the facts of the section with their sources, and nothing that belongs to another one', () => {
    expect(task.facts).toEqual([
      { claim: 'Price of Acme: Pro 500 costs €12.00 per month.', sources: [1] },
      { claim: 'Price of our product Quill 2: Solo 1 costs €9.00 per month.', sources: [] },
    ]);
    expect(JSON.stringify(task)).not.toContain('Fast.');
  });

  it('names the other sections, and what is no figure although it holds digits', () => {
    expect(task).toMatchObject({ topic: 'Invoicing', heading: 'Prices', purpose: 'On Prices.', others: ['Market'] });
    expect([...(task.names ?? [])].sort()).toEqual(['Pro 500', 'Quill 2', 'Solo 1']);
  });

  it('is an input that the pipeline reportSection accepts', () => {
    expect(pipelines.reportSection.input.safeParse(task).success).toBe(true);
  });

  it('refuses a section that is not there', () => {
    expect(() => sectionTask({ input, findings, sections }, 2)).toThrow('Cannot hand out section 2: the report has 2');
  });
});

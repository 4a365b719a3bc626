import { createHash } from 'node:crypto';

import { renderJobPage, type JobPage } from '../../../client/cli/job-page/job-page';
import type { RowResult } from '../../../rows/result-columns';
import type { JobProgress, RowOutcome } from '../../../common/job';
import { EMPTY_LEDGER } from '../../../common/ledger';

const job: JobProgress = {
  pipeline: 'brief',
  rows: 60,
  done: 2,
  before: 0,
  failed: 1,
  running: 0,
  waiting: 57,
  concurrency: 25,
  rowUsd: 0.01,
  expectedUsd: 0.6,
  remainingMs: null,
  elapsedMs: 1,
  hold: null,
  folder: 'f',
  manifest: 'm',
};

const rowOf = (row: number, given: Partial<Omit<RowResult, 'outcome'>> & { outcome?: Partial<RowOutcome> } = {}): RowResult => ({
  given: { key: String(row), input: { topic: `Topic ${row}` } },
  result: { paragraphs: ['One.', 'Two.'] },
  costUsd: 0.01,
  ...given,
  outcome: {
    row,
    key: String(row),
    status: 'done',
    workflowId: `job/${row}`,
    runId: 'r',
    result: null,
    reason: null,
    degraded: [],
    ledger: EMPTY_LEDGER,
    simulated: false,
    endedAt: 1,
    ...given.outcome,
  },
});

const pageOf = (rest: Partial<JobPage> = {}): string =>
  renderJobPage({
    workflowId: 'spring',
    job,
    rows: [rowOf(1), rowOf(2)],
    more: 0,
    costUsd: 0.03,
    uncertainUsd: 0,
    budgetUsd: null,
    simulated: false,
    asks: true,
    writtenAt: Date.UTC(2026, 10, 21, 7),
    ...rest,
  });

describe('renderJobPage()', () => {
  it('shows input, result and cost of each row, what the rest would cost, and the commands that decide', () => {
    const page = pageOf({ budgetUsd: 0.5 });
    for (const text of [
      'Sample of job spring',
      'Topic 1',
      '<p class="text" dir="auto">Two.</p>',
      '≈ $0.57',
      '≈ $0.60',
      'more than its budget of $0.50',
    ])
      expect(page).toContain(text);
    for (const command of [
      'npx troupe review spring --approve',
      'npx troupe review spring --reject &quot;why&quot;',
      'npx troupe result spring --out rows.csv',
    ])
      expect(page).toContain(`<code>${command}</code>`);
    expect(page).not.toContain('Simulated');
    expect(pageOf({ simulated: true })).toContain('<strong>Simulated.</strong>');
    expect(pageOf({ asks: false })).not.toContain('--approve');
  });

  it('says of the rest what the sample does, which knows how long the other rows are', () => {
    const page = pageOf({ allUsd: 0.9 });
    for (const text of ['≈ $0.87', '≈ $0.90', 'by what these did cost, and their sizes']) expect(page).toContain(text);
    expect(page).not.toContain('≈ $0.57');
  });

  it('marks rows that are not done, degraded or flagged', () => {
    const degraded = [{ step: 'researcher', reason: 'refused', instead: 'nothing' }];
    const page = pageOf({
      rows: [
        rowOf(1, { outcome: { status: 'failed', reason: 'Cannot call "researcher": refused' }, result: null }),
        rowOf(2, { outcome: { degraded } }),
        rowOf(3, { result: { status: 'flagged', title: 'T' } }),
        rowOf(4),
      ],
    });
    expect(page).toContain('<p class="reason" dir="auto">Cannot call &quot;researcher&quot;: refused</p>');
    expect(page).toContain('researcher: refused; instead: nothing');
    expect([...page.matchAll(/<span class="badge (\w+)">([\w-]+)</g)].map(([, look, text]) => `${text}:${look}`).slice(0, 6)).toEqual([
      'failed:bad',
      'done:good',
      'degraded:warn',
      'done:good',
      'flagged:warn',
      'done:good',
    ]);
    expect(page).toContain('<dd>3 rows <small><a href="#row-1">1</a> <a href="#row-2">2</a> <a href="#row-3">3</a> </small></dd>');
    const many = Array.from({ length: 13 }, (_, at) => rowOf(at + 1, { result: { status: 'flagged', title: 'T' } }));
    expect(pageOf({ rows: many })).toContain('<a href="#row-12">12</a> …</small></dd>');
    expect(page).toContain('3 of 4 <small>1 not done</small>');
  });

  it('holds whatever a row or a model says as text, wherever it stands', () => {
    const evil = `</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"' onmouseover='x' \u0000\u0008{{${'`'}`;
    const said = { [evil]: evil, list: [evil, { deep: evil }], table: [{ [evil]: 1 }, { [evil]: evil }], markup: { markup: '<b>' } };
    const page = pageOf({
      workflowId: evil,
      rows: [
        rowOf(1, {
          given: { key: evil, input: said },
          result: said,
          outcome: { key: evil, reason: evil, status: 'failed', degraded: [{ step: evil, reason: evil, instead: evil }] },
        }),
        rowOf(2, { result: { status: evil } }),
      ],
    });
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name));
    for (const tag of ['script', 'img', 'b', 'iframe', 'a1']) expect(tags).not.toContain(tag);
    expect(page.match(/<style>/g)).toHaveLength(1);
    // eslint-disable-next-line no-control-regex
    expect(page).not.toMatch(/[\u0000\u0008]/);
    // Attributes have no values but those of the page.
    const values = [...page.matchAll(/<[a-z]+[^<>]*?\son\w+=/gi)];
    expect(values).toEqual([]);
  });

  it('lets nothing take effect but its own style', () => {
    const page = pageOf();
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).not.toContain('style="');
  });

  it('quotes an id that a shell would take apart', () => {
    expect(pageOf({ workflowId: 'my job' })).toContain("npx troupe review 'my job' --approve");
    expect(pageOf({ workflowId: 'my job', more: 3 })).toContain("npx troupe result 'my job' --out rows.csv");
  });
});

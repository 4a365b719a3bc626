import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';

import type { GivenRow } from '../../../common/job';
import { EMPTY_LEDGER } from '../../../common/ledger';
import { checkRows, goodRows, type RowsOptions } from '../../../rows/check-rows';
import { openJobOutput } from '../../../rows/job-output';
import { productLines } from '../../../rows/shopify/product-lines';
import { putBlob } from '../../../storage/blobs';
import { jobFolder, keepRows, putOutcome } from '../../../storage/jobs';
import { openStore } from '../../../storage/open-store';

const EXAMPLE = path.join(__dirname, '..', '..', '..', 'examples', 'shopify-products.csv');
const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-shopify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

function exportOf(content: string | string[][], rest: Partial<RowsOptions> = {}): RowsOptions {
  files += 1;
  const file = path.join(folder, `export-${files}.csv`);
  writeFileSync(file, typeof content === 'string' ? content : stringify(content));
  return { file, pipeline: 'productLaunch', format: 'shopify', ...rest };
}

async function good(options: RowsOptions): Promise<GivenRow[]> {
  const rows: GivenRow[] = [];
  for await (const row of goodRows(options)) rows.push(row);
  return rows;
}

const table = (text: string): string[][] => parse(text, { relax_column_count: true }) as string[][];

const PAGE = {
  title: 'A new title',
  description: 'First & best <b>.\nSame paragraph.\n\nSecond "one".',
  bullets: ['0.75 l > 0.5 l', 'Two'],
  metaDescription: 'Meta',
  keywordsUsed: ['glass water bottle', 'new, keyword'],
  findings: [],
};
const BODY =
  '<p>First &amp; best &lt;b&gt;.<br>Same paragraph.</p>\n<p>Second &quot;one&quot;.</p>\n<ul>\n<li>0.75 l &gt; 0.5 l</li>\n<li>Two</li>\n</ul>';

/** Runs nothing: puts a result for every row of a file into a store, and writes the output of that job. */
async function outputOf(options: RowsOptions, resultOf: (row: GivenRow) => object): Promise<{ file: string; flagged: number }> {
  files += 1;
  const place = path.join(folder, `job-${files}`);
  const store = await openStore(path.join(place, 'store'));
  const rows = await good(options);
  const manifest = await keepRows(store, 'productLaunch', rows);
  const jobs = jobFolder('default', 'job', manifest);
  for (const [at, row] of rows.entries()) {
    const result = { ref: await putBlob(store, resultOf(row)), preview: '' };
    const facts = { key: row.key, workflowId: `job/${row.key}`, runId: 'r', degraded: [], ledger: EMPTY_LEDGER, simulated: false };
    await putOutcome(store, jobs, { ...facts, row: at + 1, status: 'done', reason: null, result, endedAt: 1 });
  }
  const output = await openJobOutput({ store, file: path.join(place, 'out.csv'), order: 'input', manifest, folder: jobs });
  await output.update(true);
  return { file: path.join(place, 'out.csv'), flagged: output.counts().flagged ?? NaN };
}

describe('a product export of Shopify', () => {
  it('is known by its header, and read product by product', async () => {
    const checked = await checkRows({ file: EXAMPLE, pipeline: 'productLaunch' });
    expect(checked).toEqual({ good: 3, bad: [], unused: [], format: 'shopify' });
    const [bottle, glass, kettle] = await good({ file: EXAMPLE, pipeline: 'productLaunch' });
    expect(bottle).toMatchObject({
      key: 'fellside-insulated-bottle',
      input: {
        name: 'Fellside Insulated Bottle',
        category: 'Water bottles',
        attributes: { brand: 'Fellside', Material: 'stainless steel', Color: 'Forest green, Slate', Capacity: '0.75 l' },
        keywords: ['Water bottles', 'insulated water bottle', 'bottle for hiking'],
        cost: 10.6,
      },
    });
    expect(bottle).toMatchObject({
      input: {
        description: expect.stringMatching(/^A water bottle with a double wall .*\n\n- 0\.75 l\n\n- Fits cup holders & side/) as string,
      },
    });
    expect(glass?.input).toMatchObject({ attributes: { brand: 'Brook & Söhne', Material: 'borosilicate glass' } });
    expect(kettle?.input).toMatchObject({
      category: 'Electric Kettles',
      keywords: ['Electric Kettles'],
      attributes: { Grip: 'Walnut, Beech' },
    });
  });

  it('comes out with the same columns, lines and cells, but for the texts', async () => {
    const { file, flagged } = await outputOf({ file: EXAMPLE, pipeline: 'productLaunch' }, () => PAGE);
    const before = table(readFileSync(EXAMPLE, 'utf8'));
    const after = table(readFileSync(file, 'utf8'));
    const [header = []] = before;
    const expected = before.map((line, number) => {
      const isProduct = number > 0 && line[1] !== '';
      const old = line[header.indexOf('Tags')] ?? '';
      const tags = [old, ...(old.includes('glass water') ? [] : ['glass water bottle']), 'new keyword']
        .filter((tag) => tag !== '')
        .join(', ');
      const texts: Record<string, string> = {
        Title: PAGE.title,
        'Body (HTML)': BODY,
        'SEO Title': PAGE.title,
        'SEO Description': 'Meta',
        Tags: tags,
      };
      return line.map((cell, at) => (isProduct ? (texts[header[at] ?? ''] ?? cell) : cell));
    });
    expect(after).toEqual(expected);
    expect(flagged).toBe(0);
    // Read again, it is the same products.
    await expect(checkRows({ file, pipeline: 'productLaunch' })).resolves.toMatchObject({ good: 3, bad: [], format: 'shopify' });
  });

  it('names what a person should look at in a file beside it', async () => {
    const finding = { check: 'figure', phrase: '=40 hours', rule: 'no fact says so', place: 'description', at: 3, round: 1 };
    const { file, flagged } = await outputOf({ file: EXAMPLE, pipeline: 'productLaunch' }, ({ key }) => ({
      ...PAGE,
      findings: [{ ...finding, settled: key.startsWith('brook') ? 'open' : 'rewritten' }],
    }));
    expect(flagged).toBe(1);
    expect(table(readFileSync(file.replace('.csv', '.flagged.csv'), 'utf8'))).toEqual([
      ['key', 'place', 'phrase', 'rule'],
      ['brook-glass-bottle', 'description', "'=40 hours", 'no fact says so'],
    ]);
  });

  it('has the names of newer exports, too', async () => {
    const options = exportOf([
      [
        'Title',
        'URL handle',
        'Description',
        'Tags',
        'Option1 name',
        'Option1 value',
        'SKU',
        'Cost per item',
        'Product image URL',
        'SEO title',
      ],
      ['Tin Mug', 'tin-mug', '<p>Light.</p>', '', 'Color', 'Blue', 'M-1', '3.5', '', ''],
      ['', 'tin-mug', '', '', '', 'Red', 'M-2', '', '', ''],
    ]);
    const { format: _format, ...undecided } = options;
    await expect(checkRows(undecided)).resolves.toMatchObject({ good: 1, bad: [], format: 'shopify' });
    const [mug] = await good(options);
    expect(mug?.input).toMatchObject({ name: 'Tin Mug', description: 'Light.', keywords: ['Tin Mug'], attributes: { Color: 'Blue, Red' } });
  });

  it('has the names of the exports of 2021 and 2022, too', async () => {
    const [belt] = await good(
      exportOf([
        ['Handle', 'Title', 'Body (HTML)', 'Standardized Product Type', 'Custom Product Type', 'Tags', 'Variant SKU', 'Cost per item'],
        ['belt', 'Belt', '', 'Apparel > Belts', 'Leather belts', '', 'B-1', '9'],
      ]),
    );
    expect(belt?.input).toMatchObject({ category: 'Leather belts', keywords: ['Leather belts'] });
  });

  it.each(['Rug: 70×140', '=Mug', 'Clamp | 3"', 'T_shirt'])(
    'takes the title %j for a keyword where there is nothing else',
    async (title) => {
      const [product] = await good(
        exportOf([
          ['Handle', 'Title', 'Cost per item'],
          ['it', title, '9'],
        ]),
      );
      expect(product?.input).toMatchObject({ keywords: [title] });
    },
  );

  it('tells which products do not fit, by line and by the name of the column', async () => {
    const header = ['Handle', 'Title', 'Body (HTML)', 'Variant SKU', 'Cost per item'];
    const options = exportOf([
      header,
      ['a', 'A', '', '1', '2.50'],
      ['', 'No handle', '', '2', '1'],
      ['b', 'B', '', '3', ''],
      ['a', 'A again', '', '4', '1'],
      ['c', '', '', '5', '1'],
      ['d', 'D', '', '6', 'cheap'],
      ['e', 'E', '', '7', '1'],
      ['e', '', ''],
      ['f', 'F', '', '8', '1'],
    ]);
    const { good: fits, bad } = await checkRows(options);
    expect(fits).toBe(2);
    expect(bad.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'its key, "Handle", is empty'],
      [4, '"Cost per item" is missing'],
      [5, 'its handle "a" is that of line 2; the lines of a product must follow each other'],
      [6, '"Title" is missing'],
      [7, expect.stringMatching(/^"Cost per item" must be a number/)],
      [8, 'its line 9 is broken: it has 3 cells, and the header has 5'],
    ]);
    await expect(checkRows({ ...options, set: { cost: '4', currency: 'EUR' } })).resolves.toMatchObject({ good: 3 });
  });

  it.each<[string, Partial<RowsOptions>, RegExp]>([
    ['another pipeline', { pipeline: 'brief' }, /as --format shopify: it fills "productLaunch", not "brief"; start "productLaunch", or/],
    ['a column map beside it', { map: { name: 'Title' } }, /: it has columns and key of its own; leave --map out, or use --format plain$/],
    ['a field that is not there', { set: { colour: 'red' } }, /^Cannot use --set colour=red: "productLaunch" has no field "colour"; see/],
  ])('refuses %s', async (_, options, message) => {
    await expect(checkRows({ file: EXAMPLE, pipeline: 'productLaunch', format: 'shopify', ...options })).rejects.toThrow(message);
  });

  it('refuses a file without handles', async () => {
    await expect(checkRows(exportOf('Title,Vendor\na,b\n'))).rejects.toThrow(
      /: it is no product export of Shopify: it has no column "Handle"; export/,
    );
  });

  it('is not seen in a file with a few columns of the same names', async () => {
    const { format: _format, ...options } = exportOf('handle,name,keywords,cost\na,b,c,1\n');
    await expect(checkRows(options)).resolves.toEqual({ good: 1, bad: [], unused: [] });
  });

  it('keeps every cell that it does not write, whatever stands in it', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(' x ', '"', 'a"b', ',', '\n', '\r\n', 'a\rb', '=1+1', "'", '\u00a0', '\ufeff', '007', '1.50'),
    );
    const columns = ['Vendor', 'Variant SKU', 'Variant Price', 'Image Src', 'Status'];
    const line = fc.tuple(...columns.map(() => cell));
    const product = fc.record({ first: line, others: fc.array(line, { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(product, { minLength: 1, maxLength: 4 }), async (products) => {
        const lines = products.flatMap(({ first, others }, at) => [
          [`h-${at}`, `Title ${at}`, '2', ...first],
          ...others.map((other) => [`h-${at}`, '', '', ...other]),
        ]);
        const rows = await good(exportOf([['Handle', 'Title', 'Cost per item', ...columns], ...lines]));
        const written = rows.flatMap(({ origin }) =>
          origin?.format === 'shopify' ? productLines({ origin, result: PAGE, simulated: false }) : [],
        );
        const [, ...read] = table(stringify([columns, ...written]));
        expect(read.map(([handle, , ...rest]) => [handle, ...rest])).toEqual(lines.map(([handle, , ...rest]) => [handle, ...rest]));
        expect(read.map(([, title]) => title)).toEqual(lines.map(([, title]) => (title === '' ? '' : PAGE.title)));
      }),
      { numRuns: 60 },
    );
  });

  it('says in the shop itself what was simulated, and runs no formula in a spreadsheet', () => {
    const origin = { format: 'shopify', columns: ['Handle', 'Title', 'Body (HTML)'], lines: [['a', 'A', '']] } as const;
    const [[, title, body] = []] = productLines({ origin, result: { ...PAGE, title: '=HYPERLINK("x")' }, simulated: true });
    expect(title).toBe(' =HYPERLINK("x")');
    expect(body).toMatch(/^<p>Simulated: made up by the simulator of Troupe, not written by Claude\.<\/p>\n<p>First/);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { GivenRow } from '../../common/job';
import { checkRows, goodRows, type RowsOptions } from '../../rows/check-rows';
import { listingInput, remarksOf } from '../../rows/reso';

const EXAMPLE = path.join(__dirname, '..', '..', 'examples', 'reso-listings.json');
const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-reso-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function good(options: RowsOptions): Promise<GivenRow[]> {
  const rows: GivenRow[] = [];
  for await (const row of goodRows(options)) rows.push(row);
  return rows;
}

const HOME = {
  ListingKey: 'K1',
  UnparsedAddress: '1 A Street',
  City: 'Quillmere',
  StateOrProvince: 'OR',
  ListPrice: 100_000,
  BedroomsTotal: 3,
};

describe('properties with the field names of RESO', () => {
  it('are known by them, and fill the input of listing', async () => {
    const options = { file: EXAMPLE, pipeline: 'listing' } as const;
    await expect(checkRows(options)).resolves.toEqual({ good: 2, bad: [], unused: [], format: 'reso' });
    const [larch, weaver] = await good(options);
    expect(larch).toMatchObject({
      key: 'QMX-100231',
      origin: { format: 'reso', record: { ListingKey: 'QMX-100231', ListingId: '100231' } },
      input: {
        address: '14 Larch Street',
        city: 'Quillmere',
        state: 'OR',
        askingPrice: 549_000,
        property: {
          propertyType: 'Single Family Residence',
          bedrooms: 3,
          bathrooms: 2.5,
          livingAreaSqft: 1_840,
          yearBuilt: 1_998,
          features: ['Quartz Counters', 'Walk-In Closet(s)', 'Covered Deck', 'Dishwasher', 'Gas Range'],
        },
      },
    });
    // The address in parts, square meters, a year that nobody knows, a list in one text.
    expect(weaver?.input).toMatchObject({
      address: '9 Weaver Lane',
      property: { livingAreaSqft: 1_270, features: ['Skylight', 'Built-in Shelves'] },
    });
    expect(weaver).not.toHaveProperty('input.property.yearBuilt');
  });

  it.each([
    ['an OData answer', '.json', (rows: object[]) => JSON.stringify({ '@odata.count': rows.length, value: rows })],
    ['a list', '.json', (rows: object[]) => JSON.stringify(rows, null, 2)],
    ['JSON lines', '.jsonl', (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n')],
  ])('may stand in %s', async (name, extension, write) => {
    const file = path.join(folder, `${name.replaceAll(' ', '-')}${extension}`);
    writeFileSync(
      file,
      write([
        HOME,
        { ...HOME, ListingKey: 'K2' },
        HOME,
        { ...HOME, ListingKey: '', BedroomsTotal: 2 },
        { ...HOME, ListingKey: 'K3', ListPrice: -5 },
      ]),
    );
    const { good: fits, bad, format } = await checkRows({ file, pipeline: 'listing' });
    expect([fits, format]).toEqual([2, 'reso']);
    expect(bad.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^its key, "ListingKey", is that of line \d+$/),
      'its key, "ListingKey", is empty',
      expect.stringMatching(/^"ListPrice" must/),
    ]);
  });

  it('take the price that a home was sold for only when it was', () => {
    const sold = { ...HOME, StandardStatus: 'Closed', ClosePrice: 90_000, CloseDate: '2025-03-01' };
    expect(listingInput(sold)['property']).toMatchObject({ lastSalePrice: 90_000, lastSaleDate: '2025-03-01' });
    expect(listingInput({ ...sold, StandardStatus: 'Active' })['property']).not.toHaveProperty('lastSalePrice');
    expect(listingInput({ ...HOME, LivingArea: 2, LivingAreaUnits: 'Acres' })).toMatchObject({ property: { livingAreaSqft: undefined } });
  });

  it.each([
    ['ready', { ListingKey: 'K1', PublicRemarks: 'Text' }],
    ['approved by person', { ListingKey: 'K1', PublicRemarks: 'Text' }],
    ['held', undefined],
    ['rejected', undefined],
  ])('get their remarks back when the texts are %s: %j', (status, expected) => {
    const result = { status, mlsDescription: 'Text' };
    const origin = { format: 'reso', record: { ListingKey: 'K1' } } as const;
    expect(remarksOf(origin, { result, simulated: false })).toEqual(expected);
    const simulated = remarksOf(origin, { result, simulated: true })?.['PublicRemarks'];
    expect(simulated).toBe(expected && 'Simulated: made up by the simulator of Troupe, not written by Claude. Text');
  });

  it('are not asked for where another pipeline is', async () => {
    await expect(checkRows({ file: EXAMPLE, pipeline: 'brief', format: 'reso' })).rejects.toThrow(/it fills "listing", not "brief"/);
    await expect(checkRows({ file: 'homes.csv', pipeline: 'listing', format: 'reso' })).rejects.toThrow(
      /it is for \.json and \.jsonl files/,
    );
  });
});

import type { z } from 'zod';

import { comparableSales } from '../../../activities/tools/comparable-sales';
import { propertyRecord } from '../../../activities/tools/property-record';
import { failed } from '../scripted-rig';
import { resoRow, type ResoServer, startResoServer } from './connectors/reso-server';
import { type DataServer, json, startDataServer } from './data-server';
import { dataTool } from './run-data-tool';

type SalesInput = z.input<typeof comparableSales.input>;

const larch: SalesInput = { address: '14 Larch Street', city: 'Quillmere', state: 'OR', postalCode: '97000' };

describe('comparableSales with sample data', () => {
  const find = dataTool(comparableSales);

  it('finds sales of the same town for a property of the sample, the most alike first', async () => {
    const { sales, ...rest } = await find({ ...larch, limit: 3 });
    expect(rest).toEqual({ sample: true, source: 'sample data of Troupe', skipped: 0, currency: 'USD' });
    expect(sales.map(({ address, distanceMiles }) => [address, distanceMiles])).toEqual([
      ['22 Larch Street', 0.1],
      ['41 Birch Street', 0.4],
      ['77 Orchard Avenue', 0.8],
    ]);
    const { sales: large } = await find({ ...larch, bedrooms: 4, livingAreaSqft: 2_400, limit: 1 });
    expect(large[0]?.address).toBe('118 Mill Pond Road');
  });

  it('finds the same sales for an unknown address every time and on every day, and not the same for all', async () => {
    const later = dataTool(comparableSales, { now: () => Date.parse('2031-01-01T00:00:00Z') });
    const towns = new Set<string>();
    for (let number = 1; number <= 30; number += 1) {
      const unknown = { address: `${number} Nowhere Road`, city: 'Elsewhere' };
      const found = await find(unknown);
      expect(found.sales).toHaveLength(6);
      expect(await later({ ...unknown, address: `${number} nowhere rd.` })).toEqual(found);
      towns.add(found.sales[0]?.recordId.slice(0, 2) ?? '');
    }
    expect(towns).toEqual(new Set(['QM', 'TB', 'OF']));
  });

  it('looks no further back than it is asked', async () => {
    const { sales } = await find({ ...larch, months: 3, limit: 25 });
    expect(sales.map(({ closeDate }) => closeDate).sort()).toEqual(['2026-08-21', '2026-09-18']);
  });

  it('finds neighbours in the town that is named', async () => {
    const { sales } = await find({ address: '1 New Street', city: 'Osterfell' });
    expect(sales.every(({ recordId }) => recordId.startsWith('OF-'))).toBe(true);
  });
});

describe('comparableSales with a RESO Web API server', () => {
  let server: ResoServer;
  beforeEach(async () => {
    server = await startResoServer();
  });
  afterEach(() => server.close());

  const section = (more: Record<string, unknown> = {}) => ({
    connector: 'resoWebApi',
    baseUrl: `${server.url}/odata`,
    token: '${MLS_TOKEN}',
    ...more,
  });
  const env = { MLS_TOKEN: 'static-t0ken', MLS_SECRET: 'cl1ent-s3cret' };
  const find = (input: SalesInput = larch, more: Record<string, unknown> = {}) =>
    dataTool(comparableSales, { section: section(more), env })(input);
  const sale = (key: string, closeDate: string, more: Record<string, unknown> = {}) =>
    resoRow({ ListingKey: key, UnparsedAddress: `${key} Birch Street`, CloseDate: closeDate, ...more });
  const keys = async (input?: SalesInput) => (await find(input)).sales.map(({ recordId }) => recordId);

  it('asks for closed sales of the time, rooms and area that are wanted', async () => {
    server.rows = [sale('1', '2026-06-18')];
    expect(await find({ ...larch, bedrooms: 3, livingAreaSqft: 1_800, latitude: 44.51, longitude: -123.2 }, { currency: 'CAD' })).toEqual({
      sample: false,
      source: server.host,
      skipped: 0,
      currency: 'CAD',
      sales: [
        {
          recordId: '1',
          address: '1 Birch Street',
          closePrice: 548_000,
          closeDate: '2026-06-18',
          livingAreaSqft: 1_840,
          bedrooms: 3,
          bathrooms: 2.5,
          yearBuilt: 1998,
          distanceMiles: 0.69,
        },
      ],
    });
    expect(server.filters()).toEqual([
      "PropertyType eq 'Residential' and startswith(PostalCode,'97000') and StandardStatus eq 'Closed' and CloseDate ge 2025-11-21 and " +
        'BedroomsTotal ge 2 and BedroomsTotal le 4 and LivingArea ge 1350 and LivingArea le 2250',
    ]);
  });

  it('takes neither rentals, nor open listings, nor old sales, nor the property itself, nor a sale twice', async () => {
    server.rows = [
      sale('1', '2026-06-18'),
      sale('2', '2026-06-18', { UnparsedAddress: '1 Birch St, Quillmere OR' }),
      sale('3', '2026-06-19', { PropertyType: 'Residential Lease', ClosePrice: 2_500 }),
      sale('4', '2026-06-20', { StandardStatus: 'Pending' }),
      sale('5', '2025-11-20'),
      sale('6', '2026-06-21', { UnparsedAddress: '14 Larch St' }),
      sale('7', '2025-11-21'),
    ];
    expect(await keys()).toEqual(['2', '7']);
  });

  it('trusts no server to have understood the question', async () => {
    server.answer = json({
      value: [
        sale('1', '2019-01-01'),
        sale('2', '2026-01-01'),
        sale('3', '2026-03-01'),
        sale('4', '2026-02-01', { StandardStatus: 'Active' }),
      ],
    });
    expect(await keys()).toEqual(['3', '2']);
  });

  it('follows next pages until there are enough sales and no further', async () => {
    server.pageSize = 2;
    server.rows = Array.from({ length: 9 }, (_, index) => sale(String(index), `2026-0${9 - index}-01`));
    expect(await keys({ ...larch, limit: 3 })).toEqual(['0', '1', '2']);
    expect(server.arrived).toHaveLength(2);
    expect(await keys({ ...larch, limit: 25 })).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(server.arrived).toHaveLength(2 + 4);
  });

  it('counts what cannot be read, like sales without a price', async () => {
    server.rows = [sale('1', '2026-06-18'), sale('2', '2026-06-18', { ClosePrice: null }), 7, { ListingKey: 'x' }];
    server.answer = json({ value: server.rows });
    expect(await find()).toMatchObject({ sales: [{ recordId: '1' }], skipped: 3 });
    server.answer = json({ value: [] });
    expect(await find()).toMatchObject({ sales: [], skipped: 0 });
  });

  it('needs a town', async () => {
    expect(await failed(find({ address: '14 Larch Street' }))).toMatchObject({
      nonRetryable: true,
      message: 'Cannot find comparable sales near "14 Larch Street": it has neither postal code nor city; give one',
    });
    expect(server.arrived).toEqual([]);
  });

  it.each([
    [429, 11_000],
    [503, 11_000],
  ])('waits as a %i says, in the middle of the pages, too', async (status, nextRetryDelay) => {
    server.pageSize = 1;
    server.rows = [sale('1', '2026-06-18'), sale('2', '2026-06-17')];
    const { answer } = server;
    server.answer = (request, response) =>
      request.url.searchParams.has('$skiptoken') ? json({}, status, { 'retry-after': '11' })(request, response) : answer(request, response);
    expect(await failed(find())).toMatchObject({ type: 'ToolFailed', nonRetryable: false, nextRetryDelay });
  });

  describe('and client credentials', () => {
    let tokenServer: DataServer;
    let now = 0;
    let issued = 0;
    beforeEach(async () => {
      now = Date.parse('2026-11-21T12:00:00Z');
      issued = 0;
      server.rows = [sale('1', '2026-06-18')];
      tokenServer = await startDataServer((request, response) => {
        issued += 1;
        server.tokens.clear();
        server.tokens.add(`t${issued}`);
        json({ access_token: `t${issued}`, token_type: 'Bearer', expires_in: 600 })(request, response);
      });
    });
    afterEach(() => tokenServer.close());

    const client = (more: Record<string, unknown> = {}) => ({
      token: undefined,
      client: { tokenUrl: `${tokenServer.url}/connect/token`, clientId: 'troupe', clientSecret: '${MLS_SECRET}', ...more },
    });
    const finder = (more: Record<string, unknown> = {}) =>
      dataTool(comparableSales, { section: section(client(more)), env, now: () => now });

    it('gets one token for calls at the same time, keeps it and renews it a minute before its end', async () => {
      const search = finder({ scope: 'api' });
      await Promise.all([search(larch), search(larch), search(larch)]);
      expect(tokenServer.arrived.map(({ body }) => body)).toEqual([
        'grant_type=client_credentials&scope=api&client_id=troupe&client_secret=cl1ent-s3cret',
      ]);
      now += 539_000;
      await search(larch);
      expect(issued).toBe(1);
      now += 2_000;
      await search(larch);
      expect(issued).toBe(2);
      expect(server.arrived.map(({ headers }) => headers.authorization)).toEqual([...Array<string>(4).fill('Bearer t1'), 'Bearer t2']);
    });

    it('sends id and secret as a header when the section says so', async () => {
      await finder({ sendAs: 'basic' })(larch);
      const [{ headers, body } = { headers: {}, body: '' }] = tokenServer.arrived;
      expect(headers['authorization']).toBe(`Basic ${Buffer.from('troupe:cl1ent-s3cret').toString('base64')}`);
      expect(body).toBe('grant_type=client_credentials');
    });

    it('gets a new token when the server has ended a kept one early, once', async () => {
      const search = finder();
      await search(larch);
      server.tokens.clear();
      expect(await search(larch)).toMatchObject({ sales: [{ recordId: '1' }] });
      expect(issued).toBe(2);
      tokenServer.answer = json({ access_token: 'never', expires_in: '600' });
      server.tokens.clear();
      expect(await failed(search(larch))).toMatchObject({ nonRetryable: true, details: [{ status: 401 }] });
      expect(tokenServer.arrived).toHaveLength(3);
    });

    it('is not held up by a token request that failed', async () => {
      const search = finder();
      const { answer } = tokenServer;
      tokenServer.answer = json({}, 503);
      const both = await Promise.all([failed(search(larch)), failed(search(larch))]);
      expect(both.map(({ nonRetryable }) => nonRetryable)).toEqual([false, false]);
      expect(tokenServer.arrived).toHaveLength(1);
      tokenServer.answer = answer;
      expect(await search(larch)).toMatchObject({ sales: [{ recordId: '1' }] });
    });

    it.each([
      [
        'a refused secret',
        json({ error: 'invalid_client', hint: 'cl1ent-s3cret' }, 401),
        /it refuses the key \(401\); check the key of "comparableSales" in the tools file$/,
      ],
      [
        'no token',
        json({ token: 'x' }),
        /^Cannot get a token for "comparableSales": "127\.0\.0\.1:\d+" answers with none; check "tokenUrl"/,
      ],
      ['no such endpoint', json({}, 404), /^Cannot get a token for "comparableSales"/],
    ])('says what is wrong with %s and names no secret', async (_, answer, message) => {
      tokenServer.answer = answer;
      const error = await failed(finder()(larch));
      expect(error).toMatchObject({ nonRetryable: true, message: expect.stringMatching(message) as string });
      expect(JSON.stringify([error.message, error.details])).not.toContain('s3cret');
      expect(server.arrived).toEqual([]);
    });

    it('gives each section a token of its own', async () => {
      await finder()(larch);
      await dataTool(propertyRecord, { section: section(client()), env, now: () => now })({ address: '1 Birch Street' });
      expect(issued).toBe(2);
    });
  });
});

describe('comparableSales with any HTTP service', () => {
  let server: DataServer;
  beforeEach(async () => {
    server = await startDataServer();
  });
  afterEach(() => server.close());

  it('takes sales of the wanted time, newest first', async () => {
    const row = (id: number, sold: string, street = `${id} Birch St`) => ({
      id,
      sold,
      street,
      price: '$500,000',
      area: '1,800',
      beds: 3,
      baths: '2.5',
    });
    server.answer = json({
      sales: [row(1, '2026-01-05'), row(2, '2024-01-05'), row(3, '2026-10-05'), row(4, '2026-10-06', '14 Larch St'), { id: 5 }],
    });
    const find = dataTool(comparableSales, {
      section: {
        connector: 'httpJson',
        url: `${server.url}/sales/{postalCode}`,
        query: { since: '{since}', beds: '{bedrooms}', n: '{limit}' },
        rows: 'sales',
        fields: {
          recordId: 'id',
          address: 'street',
          closePrice: 'price',
          closeDate: 'sold',
          livingAreaSqft: 'area',
          bedrooms: 'beds',
          bathrooms: 'baths',
        },
        currency: 'EUR',
      },
    });
    expect(await find(larch)).toMatchObject({
      sample: false,
      skipped: 1,
      currency: 'EUR',
      sales: [
        { recordId: '3', closePrice: 500_000, livingAreaSqft: 1_800, bathrooms: 2.5 },
        { recordId: '1', closeDate: '2026-01-05' },
      ],
    });
    expect(server.arrived[0]?.target).toBe('/sales/97000?since=2025-11-21&n=6');
  });
});

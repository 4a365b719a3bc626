import { temporal } from '@temporalio/proto';

import { tools } from '../../../activities/tools/index';
import { parseToolConfig } from '../../../activities/tools/tool-config';
import { startRig, type Rig } from '../../helpers/rig';
import { resoRow, type ResoServer, startResoServer } from './connectors/reso-server';
import { type DataServer, json, startDataServer } from './data-server';

const input = {
  address: '14 Larch Street',
  city: 'Quillmere',
  state: 'OR',
  postalCode: '97000',
  brandVoice: 'Plain and exact',
  reviewDeadlineMs: 1_000,
};
const KEY = 'k3y-of-the-service';

describe('property services in a pipeline', () => {
  let mls: ResoServer;
  let schools: DataServer;
  let rig: Rig;
  beforeAll(async () => {
    [mls, schools] = await Promise.all([startResoServer(), startDataServer()]);
    const reso = { connector: 'resoWebApi', baseUrl: `${mls.url}/odata`, token: '${SERVICE_KEY}', source: 'MLS of Quillmere' };
    const content = {
      tools: {
        propertyRecord: reso,
        comparableSales: reso,
        schoolRatings: {
          connector: 'httpJson',
          url: `${schools.url}/near`,
          query: { key: '${SERVICE_KEY}', zip: '{postalCode}' },
          fields: { name: 'name', level: 'level', rating: 'score' },
        },
      },
    };
    mls.tokens.add(KEY);
    rig = await startRig({ deps: { toolConfig: parseToolConfig(content, tools, { SERVICE_KEY: KEY }) } });
  }, 120_000);
  afterAll(async () => {
    await rig.close();
    await Promise.all([mls.close(), schools.close()]);
  });

  it('price a listing by what they sold, after a wait that one asks for; a refused key costs the listing its schools only', async () => {
    const sold = (key: string, price: number) =>
      resoRow({ ListingKey: key, UnparsedAddress: `${key} Birch St`, ClosePrice: price, CloseDate: new Date().toISOString().slice(0, 10) });
    mls.rows = [resoRow(), sold('21', 460_000), sold('23', 552_000), sold('25', 644_000), sold('27', 552_000)];
    const { answer } = mls;
    let refused = false;
    mls.answer = (request, response) => {
      if (refused || !request.url.searchParams.get('$filter')?.includes('CloseDate ge')) return answer(request, response);
      refused = true;
      json({}, 429, { 'retry-after': '1' })(request, response);
    };
    schools.answer = json({ error: `unknown key ${KEY}` }, 401);
    const run = await rig.start('listing', input);
    const { result } = await run.outcome();
    expect(result.pricing).toMatchObject({ currency: 'USD', livingAreaSqft: 1_840, medianPricePerSqft: 300 });
    expect(result.pricing.used.map(({ recordId }) => recordId).sort()).toEqual(['21', '23', '25', '27']);
    expect(result.sources).toEqual([
      { tool: 'propertyRecord', source: 'MLS of Quillmere', sample: false, found: true },
      { tool: 'comparableSales', source: 'MLS of Quillmere', sample: false, found: true },
      { tool: 'schoolRatings', source: 'not available', sample: false, found: false },
      { tool: 'walkability', source: 'sample data of Troupe', sample: true, found: true },
    ]);
    expect(refused).toBe(true);
    const history = Buffer.from(temporal.api.history.v1.History.encode(await run.handle.fetchHistory()).finish());
    expect([history.includes('check the key of'), history.includes(KEY)]).toEqual([true, false]);
    expect(schools.arrived).toHaveLength(1);
  }, 120_000);
});

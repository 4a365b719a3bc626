import type { z } from 'zod';

import { walkability } from '../../../activities/tools/walkability';
import { failed } from '../scripted-rig';
import { type DataServer, json, startDataServer } from './data-server';
import { dataTool } from './run-data-tool';

const larch = { address: '14 Larch Street', city: 'Quillmere', state: 'OR', postalCode: '97000' };

describe('walkability', () => {
  it('has sample scores of a known address, of its town for others', async () => {
    const tell = dataTool(walkability);
    expect(await tell(larch)).toEqual({
      sample: true,
      source: 'sample data of Troupe',
      skipped: 0,
      walkScore: 58,
      transitScore: 24,
      bikeScore: 66,
      description: 'Many errands on foot',
    });
    expect(await tell({ address: '1 New Street', city: 'Quillmere' })).toMatchObject({ sample: true, walkScore: 41 });
  });

  describe('with an HTTP service', () => {
    let server: DataServer;
    beforeEach(async () => {
      server = await startDataServer();
    });
    afterEach(() => server.close());

    const tell = (input: z.input<typeof walkability.input>) =>
      dataTool(walkability, {
        section: {
          connector: 'httpJson',
          url: `${server.url}/score?format=json`,
          query: { address: '{fullAddress}', lat: '{latitude}', lon: '{longitude}', wsapikey: '${WALK_KEY}' },
          fields: { walkScore: 'walkscore', transitScore: 'transit.score', bikeScore: 'bike.score', description: 'description' },
        },
        env: { WALK_KEY: 's3cret-k3y' },
      })(input);

    it('maps its scores; those that it lacks are absent', async () => {
      server.answer = json({ status: 1, walkscore: 82, description: 'Very\nWalkable', bike: { score: '71' }, transit: null });
      expect(await tell({ ...larch, latitude: 44.5, longitude: -123 })).toEqual({
        sample: false,
        source: server.host,
        skipped: 0,
        walkScore: 82,
        bikeScore: 71,
        description: 'Very Walkable',
      });
      expect(server.arrived[0]?.target).toBe(
        '/score?format=json&address=14%20Larch%20Street%2C%20Quillmere%2C%20OR%2097000&lat=44.5&lon=-123&wsapikey=s3cret-k3y',
      );
    });

    it('refuses a section without any score when the worker starts', () => {
      const section = { connector: 'httpJson', url: server.url, fields: { description: 'text' } };
      expect(() => dataTool(walkability, { section })).toThrow(
        'tools.walkability: "fields" must say where one of walkScore, transitScore, bikeScore is',
      );
    });

    it('knows nothing of a place that the service does not know', async () => {
      server.answer = json({}, 404);
      expect(await tell(larch)).toEqual({ sample: false, source: server.host, skipped: 0 });
    });

    it('does not take an answer without any score for one', async () => {
      server.answer = json({ status: 40, walkscore: 400 });
      expect(await failed(tell(larch))).toMatchObject({ nonRetryable: true });
      server.answer = json({ status: 40 });
      expect((await failed(tell(larch))).message).toBe(
        `Cannot use the answer of "${server.host}" for "walkability": its record does not fit (it has no score); ` +
          'check "rows" and "fields" of "walkability" in the tools file',
      );
    });
  });
});

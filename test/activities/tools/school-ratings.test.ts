import type { z } from 'zod';

import { schoolRatings } from '../../../activities/tools/school-ratings';
import { failed } from '../scripted-rig';
import { type DataServer, json, startDataServer } from './data-server';
import { dataTool } from './run-data-tool';

const larch = { address: '14 Larch Street', city: 'Quillmere', state: 'OR', postalCode: '97000' };

describe('schoolRatings', () => {
  it('has sample schools for any address, the nearest first', async () => {
    const find = dataTool(schoolRatings);
    const { schools, ...rest } = await find({ ...larch, limit: 2 });
    expect(rest).toEqual({ sample: true, source: 'sample data of Troupe', skipped: 0 });
    expect(schools).toEqual([
      { name: 'Quillmere Elementary', level: 'elementary', rating: 8, distanceMiles: 0.2 },
      { name: 'Quillmere High School', level: 'high', rating: 8, distanceMiles: 0.9 },
    ]);
    const unknown = await find({ address: '1 Nowhere Road' });
    expect(unknown.schools.length).toBeGreaterThanOrEqual(4);
    expect(await find({ address: '1 nowhere rd' })).toEqual(unknown);
  });

  describe('with an HTTP service', () => {
    let server: DataServer;
    beforeEach(async () => {
      server = await startDataServer();
    });
    afterEach(() => server.close());

    const find = (input: z.input<typeof schoolRatings.input>) =>
      dataTool(schoolRatings, {
        section: {
          connector: 'httpJson',
          url: `${server.url}/schools?zip={postalCode}`,
          query: { limit: '{limit}', api_key: '${SCHOOLS_KEY}' },
          rows: 'schools',
          fields: {
            name: 'school-name',
            level: { path: 'level-codes', values: { e: 'elementary', m: 'middle', h: 'high' } },
            rating: 'rating',
            distanceMiles: { path: 'km', times: 0.621371 },
          },
          source: 'Example Schools',
        },
        env: { SCHOOLS_KEY: 's3cret-k3y' },
      })(input);

    it('maps its rows, leaves out what it cannot place, and takes no more than were asked for', async () => {
      server.answer = json({
        schools: [
          { 'school-name': 'Larch', 'level-codes': 'e', rating: '8', km: 2 },
          { 'school-name': 'Preschool', 'level-codes': 'p', rating: 9 },
          { 'school-name': 'Unrated', 'level-codes': 'h', rating: null },
          { 'school-name': 'Mill', 'level-codes': 'm', rating: 6.5, km: 'far' },
          { 'school-name': 'Pond', 'level-codes': 'h', rating: 7 },
        ],
      });
      expect(await find({ ...larch, limit: 2 })).toEqual({
        sample: false,
        source: 'Example Schools',
        skipped: 2,
        schools: [
          { name: 'Larch', level: 'elementary', rating: 8, distanceMiles: 1.242742 },
          { name: 'Mill', level: 'middle', rating: 6.5 },
        ],
      });
      expect(server.arrived[0]?.target).toBe('/schools?zip=97000&limit=2&api_key=s3cret-k3y');
    });

    it('says what the service needs', async () => {
      const error = await failed(find({ address: '14 Larch Street' }));
      expect(error.message).toBe('Cannot ask for "schoolRatings": its service needs "postalCode"; give it');
    });

    it('names no key when it is refused', async () => {
      server.answer = json({ error: 'unknown key s3cret-k3y' }, 403);
      const error = await failed(find(larch));
      expect(error.message).toContain('check the key of "schoolRatings" in the tools file');
      expect(error.message).not.toContain('s3cret');
    });
  });
});

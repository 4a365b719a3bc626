import { OSTERFELL } from '../../../../activities/tools/samples/osterfell';
import { QUILLMERE } from '../../../../activities/tools/samples/quillmere';
import { SAMPLE_DAY } from '../../../../activities/tools/samples/sample-town';
import { TARNBROOK } from '../../../../activities/tools/samples/tarnbrook';
import { comparableSales } from '../../../../activities/tools/comparable-sales';
import { propertyRecord } from '../../../../activities/tools/property-record';
import { schoolRatings } from '../../../../activities/tools/school-ratings';
import { walkability } from '../../../../activities/tools/walkability';
import { dataTool } from '../run-data-tool';

const TOWNS = [QUILLMERE, TARNBROOK, OSTERFELL];

describe('sample data of properties', () => {
  it('has a dozen properties in three towns, each with an id of its own', () => {
    const ids = TOWNS.flatMap(({ properties, sales }) => [...properties, ...sales]).map(({ recordId }) => recordId);
    expect(TOWNS.flatMap(({ properties }) => properties)).toHaveLength(12);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(TOWNS.flatMap((town) => town.properties.map(({ address }) => [address, town] as const)))(
    'fits the schemas of the tools: %s',
    async (address, { city, state, postalCode }) => {
      const place = { address, city, state, postalCode };
      const { property } = await dataTool(propertyRecord)(place);
      expect(property).toMatchObject(place);
      const { sales } = await dataTool(comparableSales)(place);
      expect(sales).toHaveLength(6);
      expect(sales.map((sale) => sale.address)).not.toContain(address);
      expect((await dataTool(schoolRatings)(place)).schools.length).toBeGreaterThanOrEqual(4);
      expect((await dataTool(walkability)(place)).walkScore).toBeGreaterThanOrEqual(0);
    },
  );

  it('has sales that are no older than a year and no younger than its day', () => {
    for (const { closeDate } of TOWNS.flatMap(({ sales }) => sales)) {
      expect([closeDate >= '2025-11-01', closeDate <= SAMPLE_DAY]).toEqual([true, true]);
    }
  });
});

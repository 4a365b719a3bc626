import { distanceMiles } from '../../../../activities/tools/connectors/distance-miles';

describe('distanceMiles()', () => {
  it('is as the crow flies', () => {
    const [newYork, losAngeles] = [
      { latitude: 40.7128, longitude: -74.006 },
      { latitude: 34.0522, longitude: -118.2437 },
    ];
    expect(distanceMiles(newYork, losAngeles)).toBeCloseTo(2_445.6, 0);
    expect(distanceMiles(losAngeles, newYork)).toBe(distanceMiles(newYork, losAngeles));
    expect(distanceMiles(newYork, newYork)).toBe(0);
    expect(distanceMiles({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(69.1, 1);
  });

  it('is unknown unless both places are known', () => {
    expect(distanceMiles({ latitude: 1 }, { latitude: 1, longitude: 1 })).toBeUndefined();
    expect(distanceMiles({ latitude: 1, longitude: 1 }, {})).toBeUndefined();
  });
});

/** A point on the globe in degrees; both are known or it is none. */
export interface Point {
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
}

const EARTH_RADIUS_MILES = 3_958.8;

/** Miles as the crow flies, to a hundredth; undefined unless both places are known. */
export function distanceMiles(one: Point, other: Point): number | undefined {
  if (one.latitude === undefined || one.longitude === undefined) return undefined;
  if (other.latitude === undefined || other.longitude === undefined) return undefined;
  const [south, north] = [radians(one.latitude), radians(other.latitude)];
  const across = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const haversine = Math.sin((north - south) / 2) ** 2 + Math.cos(south) * Math.cos(north) * across;
  return Math.round(2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(haversine))) * 100) / 100;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

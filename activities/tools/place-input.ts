import { z } from 'zod';

const short = z.string().trim().min(1).max(100);

/** Where a property stands: the input that all tools on property share. */
export const placeInput = {
  address: z.string().trim().min(1).max(300).describe('Street address, like 14 Larch Street'),
  city: short.optional(),
  state: short.optional().describe('As the records spell it, usually two letters'),
  postalCode: z.string().trim().min(1).max(20).optional(),
  latitude: z.number().min(-90).max(90).optional().describe('Degrees, when known: some services find places by nothing else'),
  longitude: z.number().min(-180).max(180).optional(),
};

const placeSchema = z.strictObject(placeInput);

export type Place = z.output<typeof placeSchema>;

/** What `comparableSales` is asked, its defaults filled in. */
export interface SalesWanted extends Place {
  readonly bedrooms?: number | undefined;
  readonly livingAreaSqft?: number | undefined;
  /** How far back to look. */
  readonly months: number;
  /** Sales at most. */
  readonly limit: number;
}

import { fromReso } from '../../../common/reso-fields';
import type { Found } from '../data-source';
import { monthsBefore } from '../months-before';
import type { SalesWanted } from '../place-input';
import type { Sale } from '../property-schema';
import { sameStreet, streetOf } from '../street-address';
import { toolFailure } from '../tool-failure';
import { distanceMiles } from './distance-miles';
import { odataRows } from './odata';
import { readRows } from './read-rows';
import { inTown, type ResoContext, resoQuestion, resoSource } from './reso-question';
import { resoSale, type ResoSale } from './reso-row';

/**
 * Closed sales of other properties of the town, newest first: within a bedroom and a quarter of the living area when these are given.
 * @throws ToolFailed as `odataRows` and `readRows` do; final when the place has neither postal code nor city
 */
export async function resoSales(wanted: SalesWanted, context: ResoContext): Promise<Found<Sale[]>> {
  const { address, bedrooms, livingAreaSqft: area, limit } = wanted;
  const town = inTown(wanted);
  if (town.length === 0) {
    throw toolFailure({ message: `Cannot find comparable sales near "${address}": it has neither postal code nor city; give one` });
  }
  const since = monthsBefore(new Date(context.now()).toISOString().slice(0, 10), wanted.months);
  const conditions = [
    ...town,
    "StandardStatus eq 'Closed'",
    `CloseDate ge ${since}`,
    ...(bedrooms === undefined ? [] : [`BedroomsTotal ge ${Math.max(0, bedrooms - 1)}`, `BedroomsTotal le ${bedrooms + 1}`]),
    ...(area === undefined ? [] : [`LivingArea ge ${Math.floor(area * 0.75)}`, `LivingArea le ${Math.ceil(area * 1.25)}`]),
  ];
  // The server may not have understood the question: what does not answer it is not taken.
  const wantedOf = (rows: readonly ResoSale[]): ResoSale[] =>
    withoutTwins(rows).filter(
      (row) => (row.status ?? 'Closed') === 'Closed' && row.closeDate >= since && !sameStreet(address, row.address, row),
    );
  const rows = await odataRows({
    ...resoQuestion(context, conditions, 'CloseDate desc'),
    enough: (found) => wantedOf(found.flatMap((row) => resoSale.safeParse(fromReso(row)).data ?? [])).length >= limit,
  });
  const source = resoSource(context);
  const read = readRows<ResoSale>(rows.map(fromReso), resoSale, source);
  const sales = wantedOf(read.rows).toSorted((one, other) => other.closeDate.localeCompare(one.closeDate));
  return {
    found: sales.slice(0, limit).map((row) => saleOf(row, wanted)),
    source: context.config.source ?? source.host,
    skipped: read.skipped,
  };
}

function saleOf(row: ResoSale, wanted: SalesWanted): Sale {
  const { status: _status, city: _city, state: _state, postalCode: _code, latitude, longitude, ...sale } = row;
  const miles = distanceMiles({ latitude, longitude }, wanted);
  return { ...sale, ...(miles !== undefined && { distanceMiles: miles }) };
}

/** Two boards that share their listings report one sale twice. */
function withoutTwins(rows: readonly ResoSale[]): ResoSale[] {
  return [...new Map(rows.map((row) => [`${streetOf(row.address, row)} ${row.closeDate}`, row])).values()];
}

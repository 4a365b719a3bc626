import { fromReso } from '../../../common/reso-fields';
import type { Found } from '../data-source';
import type { Place } from '../place-input';
import type { PropertyRecord } from '../property-schema';
import { sameStreet, telltaleWord } from '../street-address';
import { toolFailure } from '../tool-failure';
import { odataRows, odataText } from './odata';
import { readRows } from './read-rows';
import { inTown, type ResoContext, resoQuestion, resoSource } from './reso-question';
import { resoProperty, type ResoProperty } from './reso-row';

/**
 * The record of a property: its newest listing, with its last closed sale. House number and one word of the street narrow the question down,
 * which finds `14 Larch St` for `14 Larch Street`; whether it is the same property is decided here.
 * @throws ToolFailed as `odataRows` and `readRows` do; final when no town is given and several have such an address
 */
export async function resoPropertyRecord(place: Place, context: ResoContext): Promise<Found<PropertyRecord | null>> {
  const [number = ''] = place.address.split(/[\s,]+/);
  const word = telltaleWord(place.address, place);
  const conditions = [
    ...inTown(place),
    ...(/^\d/.test(number) ? [`startswith(UnparsedAddress,${odataText(`${number} `)})`] : []),
    ...(word === undefined ? [] : [`contains(tolower(UnparsedAddress),${odataText(word)})`]),
  ];
  const rows = await odataRows({ ...resoQuestion(context, conditions, 'ModificationTimestamp desc'), enough: () => false });
  const source = resoSource(context);
  const { rows: read, skipped } = readRows<ResoProperty>(rows.map(fromReso), resoProperty, source);
  const same = read.filter((row) => sameStreet(place.address, row.address, row));
  refuseTwoTowns(place, same);
  const [newest] = same;
  const found = newest === undefined ? null : { ...recordOf(newest), ...lastSale(same) };
  return { found, source: context.config.source ?? source.host, skipped };
}

function recordOf({ status: _status, closePrice: _price, closeDate: _date, ...record }: ResoProperty): PropertyRecord {
  return record;
}

function lastSale(rows: readonly ResoProperty[]): Pick<PropertyRecord, 'lastSalePrice' | 'lastSaleDate'> {
  const sales = rows.flatMap(({ status, closePrice, closeDate }) =>
    status === 'Closed' && closePrice !== undefined && closeDate !== undefined
      ? [{ lastSalePrice: closePrice, lastSaleDate: closeDate }]
      : [],
  );
  return sales.toSorted((one, other) => other.lastSaleDate.localeCompare(one.lastSaleDate))[0] ?? {};
}

/** Without city and postal code, a street name that two towns share says nothing. */
function refuseTwoTowns(place: Place, rows: readonly ResoProperty[]): void {
  const towns = [...new Set(rows.map(({ city, state }) => `${city}, ${state}`))];
  if (towns.length < 2 || inTown(place).length > 0) return;
  throw toolFailure({
    message: `Cannot find the record of "${place.address}": there is one in ${towns.slice(0, 3).join(' and one in ')}; give city or postal code`,
  });
}

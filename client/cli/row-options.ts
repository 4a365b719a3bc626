import { Option } from 'commander';

import { MAP_FORMATS } from '../../common/job';
import { assignment, oneOf } from './values';

/** Options that say how a file of rows is read, the same wherever rows are taken. */
export const rowOptions = {
  key: (): Option => new Option('--key <column>', 'column that names a row (default: key, id, sku or handle, else its number)'),
  map: (): Option =>
    new Option('--map <field=Column>', 'which column fills a field, where names differ; may be given again').argParser(
      assignment('--map', 'a field and its column, like name=Title'),
    ),
  set: (): Option =>
    new Option('--set <field=value>', 'a field of every row that has none; may be given again').argParser(
      assignment('--set', 'a field and its value, like currency=EUR'),
    ),
  format: (): Option =>
    new Option(
      '--format <format>',
      `names of the columns: ${MAP_FORMATS.join(', ')} (default: shopify or reso where the file leaves no doubt)`,
    ).argParser(oneOf('--format', MAP_FORMATS)),
};

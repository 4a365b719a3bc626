import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

import { packageRoot } from '../../worker/local/package-root';

const NAMES = ['Alder', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Grove', 'Heath', 'Isle', 'Juniper'];
const REMARKS = [
  'It stands firmly on a table.',
  'The surface is easy to wipe.',
  'It folds flat.',
  'A spare part is in the box.',
  'The edges are rounded.',
];
const LETTERS = 26;

/** A file of products made from those of the examples: no two are alike in name, remarks and cost, and each time they are the same. */
export function productFile(count: number): string {
  const samples: Array<Record<string, string>> = parse(readFileSync(join(packageRoot(), 'examples', 'products.csv')), { columns: true });
  const rows = Array.from({ length: count }, (_, at) => productAt(samples[at % samples.length] ?? {}, at));
  return stringify(rows, { header: true });
}

function productAt(sample: Record<string, string>, at: number): Record<string, string> {
  const serial = `${String.fromCharCode(65 + (at % LETTERS))}${Math.floor(at / LETTERS)}`;
  const kind = (sample['name'] ?? '').split(' ').slice(1).join(' ');
  const remarks = REMARKS.slice(0, (at * 7) % (REMARKS.length + 1));
  return {
    sku: `p${String(at + 1).padStart(4, '0')}`,
    ...sample,
    name: `${NAMES[(at * 3) % NAMES.length]} ${serial} ${kind}`,
    description: [sample['description'], ...remarks].join(' '),
    cost: (Number(sample['cost']) * (0.6 + ((at * 13) % 90) / 100)).toFixed(2),
  };
}

import type { FactClause, FactQuantity } from './facts';
import { comparable, ounces } from './same-figure';
import type { Quantity } from './quantities';

/** Clauses by their words. */
export interface ClauseLookup {
  /** Every word of a clause, in stems. */
  readonly stems: ReadonlySet<string>;
  /** Clauses that have a stem or, after a `*`, one with this beginning; in the order of the facts. */
  readonly having: (stem: string) => readonly FactClause[];
}

/** Clauses with each of their places in the order of the facts. */
export function clauseLookup(clauses: readonly FactClause[]): ClauseLookup {
  const byStem = new Map<string, number[]>();
  for (const [place, { stems }] of clauses.entries()) {
    for (const stem of stems) {
      const places = byStem.get(stem);
      if (places === undefined) byStem.set(stem, [place]);
      else places.push(place);
    }
  }
  const sorted = [...byStem.keys()].sort();
  const found = new Map<string, readonly FactClause[]>();
  const beginning = (start: string): number[] => {
    const places = new Set<number>();
    for (let i = firstFrom(sorted, (stem) => stem >= start); sorted[i]?.startsWith(start); i += 1)
      for (const place of byStem.get(sorted[i] ?? '') ?? []) places.add(place);
    return [...places].sort((a, b) => a - b);
  };
  const having = (stem: string): readonly FactClause[] => {
    const known = found.get(stem);
    if (known !== undefined) return known;
    const places = stem.endsWith('*') ? beginning(stem.slice(0, -1)) : (byStem.get(stem) ?? []);
    const those = places.map((place) => clauses[place] as FactClause);
    if (those.length > 0) found.set(stem, those);
    return those;
  };
  return { stems: new Set(sorted), having };
}

/** Numbers of facts by value and by what they are of. */
export interface QuantityLookup {
  /** All words of all quantities. */
  readonly words: ReadonlySet<string>;
  /** Those that a figure may be equal to, in the order of the facts. */
  readonly near: (figure: Quantity) => readonly FactQuantity[];
  /** The first of this value, whatever it is of. */
  readonly of: (value: number) => FactQuantity | undefined;
  /** Those that have one of these words, or this measure. */
  readonly about: (wordOrMeasure: string) => readonly FactQuantity[];
}

interface Group {
  readonly unit: FactQuantity['unit'];
  readonly byValue: Array<readonly [order: number, fact: FactQuantity]>;
}

export function quantityLookup(quantities: readonly FactQuantity[]): QuantityLookup {
  const groups = new Map<string, Group>();
  const about = new Map<string, FactQuantity[]>();
  const words = new Set<string>();
  const byValue = new Map<number, FactQuantity>();
  const add = (key: string, fact: FactQuantity) => {
    const known = about.get(key);
    if (known === undefined) about.set(key, [fact]);
    else known.push(fact);
  };
  for (const [order, fact] of quantities.entries()) {
    const { unit } = fact;
    if (!byValue.has(fact.value)) byValue.set(fact.value, fact);
    const key = unit === undefined ? '' : `${unit.measures} ${unit.factor}`;
    const group = groups.get(key) ?? { unit, byValue: [] };
    groups.set(key, group);
    group.byValue.push([order, fact]);
    if (unit !== undefined) add(`#${unit.measures}`, fact);
    for (const word of fact.words) {
      words.add(word);
      add(word, fact);
    }
  }
  for (const group of groups.values()) group.byValue.sort(([, a], [, b]) => a.value - b.value);
  const near = (figure: Quantity) =>
    [...groups.values()]
      .flatMap((group) => nearIn(group, figure))
      .sort(([a], [b]) => a - b)
      .map(([, fact]) => fact);
  return { words, near, of: (value) => byValue.get(value), about: (key) => about.get(key) ?? [] };
}

/** Wider than any rounding, narrower than a second fact mostly is. */
const [LOWER, UPPER] = [0.9, 1.12];
/** Their parts and ranks count, too: `2 full baths` of 2.5, `the first floor` of three. */
const IN_PARTS = new Set(['bedroom', 'bathroom', 'story']);

function nearIn({ unit, byValue }: Group, figure: Quantity): Group['byValue'] {
  if (unit !== undefined && figure.unit !== undefined && !comparable(figure.unit.measures, unit.measures)) return [];
  if (figure.unit !== undefined && IN_PARTS.has(figure.unit.measures)) return byValue;
  const scale =
    unit === undefined || figure.unit === undefined ? 1 : (figure.unit.factor * ounces(figure.unit.measures, unit.measures)) / unit.factor;
  const stated = figure.value * scale;
  const [least, most] = [stated * LOWER - 1e-9, Math.max(stated * UPPER, figure.decade ? figure.value + 10 : 0) + 1e-9];
  const from = firstFrom(byValue, ([, { value }]) => value >= least);
  const to = firstFrom(byValue, ([, { value }]) => value > most);
  return byValue.slice(from, to);
}

/** The first place of a sorted list from which on it is so. */
function firstFrom<Item>(sorted: readonly Item[], isSo: (item: Item) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(sorted[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

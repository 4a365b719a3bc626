import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many items take a fraction of a second, whatever they are. */
const ITEMS_A_TURN = 200;

/** Maps items one after the other and lets everything else in the process have its turn after every so many: heartbeats must not wait. */
export async function mapInTurns<Item, Result>(
  items: Iterable<Item>,
  map: (item: Item) => Result | Promise<Result>,
  itemsATurn = ITEMS_A_TURN,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    if (results.length > 0 && results.length % itemsATurn === 0) await nextTurn();
    const result = map(item);
    results.push(result instanceof Promise ? await result : result);
  }
  return results;
}

/** Lets everything else have its turn, then does one longer piece of work. */
export async function inOwnTurn<Result>(work: () => Result): Promise<Result> {
  await nextTurn();
  return work();
}

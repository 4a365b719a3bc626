import { FAILPOINTS, type Failpoint } from '../../claude/failpoints';
import { randomFrom, type Random } from './random';

/** One thing that happens to a stack, `afterMs` after the one before it. */
export interface Blow {
  readonly afterMs: number;
  readonly kind: 'start' | 'kill worker' | 'failpoint' | 'kill server' | 'kill simulator';
  /** Of a `failpoint`: where the worker that is started kills itself. */
  readonly failpoint?: string;
}

const NAMES = Object.keys(FAILPOINTS) as [Failpoint, ...Failpoint[]];
/** Pieces of answers pass far more often than calls. */
const MOST_VISITS: Partial<Record<Failpoint, number>> = { 'mid-stream': 120 };

/** Starts of articles with blows in between: worker kills mostly, each other part at least once. */
export function planOf(seed: number, articles: number): Blow[] {
  const random = randomFrom(seed);
  const blows: Array<Omit<Blow, 'afterMs'>> = [
    { kind: 'kill server' },
    { kind: 'kill simulator' },
    { kind: 'kill worker' },
    failpoint(random),
    failpoint(random),
    ...Array.from({ length: Math.ceil(articles / 5) }, () => anyBlow(random)),
  ];
  // The first article has a stack in peace, so that every blow finds something to break.
  const events = shuffled([...blows, ...Array.from({ length: articles - 1 }, () => ({ kind: 'start' as const }))], random);
  return [{ kind: 'start' as const }, ...events].map((event) => ({
    ...event,
    afterMs: event.kind === 'start' ? random.between(0, 300) : random.between(100, 2_500),
  }));
}

function anyBlow(random: Random): Omit<Blow, 'afterMs'> {
  const kind = random.pick<Blow['kind']>(['kill worker', 'kill worker', 'failpoint', 'failpoint', 'kill server', 'kill simulator']);
  return kind === 'failpoint' ? failpoint(random) : { kind };
}

function failpoint(random: Random): Omit<Blow, 'afterMs'> {
  const name = random.pick(NAMES);
  return { kind: 'failpoint', failpoint: `${name}:${random.between(1, MOST_VISITS[name] ?? 8)}` };
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

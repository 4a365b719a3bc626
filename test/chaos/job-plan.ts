import { BATCH_FAILPOINTS } from '../../claude/failpoints';
import { randomFrom, type Random } from './random';

export const JOB_BLOWS = ['worker', 'collector', 'command', 'server'] as const;

/** One kill -9 in a stack that works on jobs, `afterMs` after the one before it. */
export interface JobBlow {
  readonly afterMs: number;
  readonly kind: (typeof JOB_BLOWS)[number];
  /** Of `collector`: where the worker that works for it kills itself. */
  readonly failpoint?: string;
  /** Of `command`: which of the jobs it belongs to, from 0. */
  readonly job: number;
}

/** Shortest and longest pause between two kills, in milliseconds. */
export type Pauses = readonly [least: number, most: number];

export interface JobPlanOptions {
  readonly seed: number;
  readonly kills: number;
  /** Jobs that run side by side. */
  readonly jobs: number;
  readonly pauses: Pauses;
}

const FAILPOINTS = Object.keys(BATCH_FAILPOINTS) as [string, ...string[]];

/** Kills of everything in turn, in a random order. */
export function planJobBlows({ seed, kills, jobs, pauses }: JobPlanOptions): JobBlow[] {
  const random = randomFrom(seed);
  const kinds: Array<JobBlow['kind']> = [];
  while (kinds.length < kills) kinds.push(...inRandomOrder(JOB_BLOWS, random));
  return kinds.slice(0, kills).map((kind) => ({
    kind,
    afterMs: random.between(...pauses),
    job: random.between(0, jobs - 1),
    ...(kind === 'collector' && { failpoint: random.pick(FAILPOINTS) }),
  }));
}

function inRandomOrder<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

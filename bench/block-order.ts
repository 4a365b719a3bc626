import type { AppName } from './app';

/**
 * Order in which blocks of the two apps take turns: A B, B A, A B … Whatever drifts while the bench runs (a growing database,
 * a busy neighbour) then weighs on both alike.
 */
export function blockOrder(blocksEach: number): AppName[] {
  return Array.from({ length: blocksEach }, (_, pair): AppName[] => (pair % 2 === 0 ? ['bare', 'troupe'] : ['troupe', 'bare'])).flat();
}

/** Sizes of the blocks that `total` runs are cut into, the larger ones first. */
export function blockSizes(total: number, blocks: number): number[] {
  const count = Math.min(total, blocks);
  return Array.from({ length: count }, (_, at) => Math.floor(total / count) + (at < total % count ? 1 : 0));
}

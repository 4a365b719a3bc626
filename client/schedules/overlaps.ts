/**
 * What happens when a run is due while the one before is still open. `skip`: it is left out. `buffer`: one waits, further ones
 * are left out. `allow`: it starts beside it. `cancel`: the one before is cancelled first.
 */
export const OVERLAPS = ['skip', 'buffer', 'allow', 'cancel'] as const;
export type Overlap = (typeof OVERLAPS)[number];

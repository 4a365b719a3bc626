import type { ListingResult } from './listing-facts';
import { isOpen, type LoggedFinding } from './listing-findings';
import type { Draft, TextName } from './listing-texts';

/** The texts on their way: what each node of the graph takes and returns. */
export interface Desk {
  readonly drafts: readonly Draft[];
  /** Those that no check has seen as they are now. */
  readonly unchecked: readonly Draft[];
  /** Rewrites and edits so far. */
  readonly round: number;
  readonly log: readonly LoggedFinding[];
  readonly figures: ListingResult['figures'];
  readonly listVersion: string;
  readonly reviewerFindings: ListingResult['reviewerFindings'];
  /** Texts that the Fair Housing reviewer could not read. */
  readonly unread: readonly TextName[];
  /** `open` until it is decided. */
  readonly status: ListingResult['status'] | 'open';
  readonly reviewedBy: string | null;
  /** Epoch milliseconds; null before a person is asked. */
  readonly deadlineAt: number | null;
}

export const EMPTY_DESK: Desk = {
  drafts: [],
  unchecked: [],
  round: 0,
  log: [],
  figures: [],
  listVersion: '',
  reviewerFindings: [],
  unread: [],
  status: 'open',
  reviewedBy: null,
  deadlineAt: null,
};

/** How often a person may be asked, each time after an edit that does not pass; then the texts are held. */
export const MOST_EDITS = 10;

/** Whether nothing is left to object to and everything was read. */
export const isClean = ({ log, unread }: Desk): boolean => unread.length === 0 && !log.some(isOpen);

/** Whether a writer can still do something about it. */
export const canRewrite = ({ log, round }: Desk, most: number): boolean => round < most && log.some(isOpen);

/** What the result says of the rounds. */
export function reportOf(
  desk: Desk,
): Pick<ListingResult, 'status' | 'figures' | 'findings' | 'reviewerFindings' | 'fairHousing' | 'reviewedBy'> {
  const { status, figures, log, reviewerFindings, listVersion, reviewedBy } = desk;
  return {
    status: status !== 'open' ? status : isClean(desk) ? 'ready' : 'held',
    figures,
    findings: log.map(({ round, check: raisedBy, phrase, rule, place, at, severity = null, settled }) => ({
      round,
      check: raisedBy,
      phrase,
      rule,
      place,
      at,
      severity,
      settled,
    })),
    reviewerFindings,
    fairHousing: { listVersion },
    reviewedBy,
  };
}

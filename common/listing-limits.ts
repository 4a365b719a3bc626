/** Social networks that a listing gets a caption for. */
export const CAPTION_NETWORKS = ['instagram', 'facebook', 'x'] as const;
export type CaptionNetwork = (typeof CAPTION_NETWORKS)[number];

/** Most characters of a caption: what Instagram and X take; of Facebook what it shows without folding the rest away. */
export const CAPTION_LIMITS: { readonly [Network in CaptionNetwork]: number } = { instagram: 2_200, facebook: 477, x: 280 };

/** Characters of an MLS description unless the caller says otherwise; boards differ. */
export const MLS_CHARACTERS = 1_000;

/** Most characters of one line of the highlight sheet. */
export const HIGHLIGHT_CHARACTERS = 120;

/** How often a text with findings goes back to its writer. */
export const MOST_REWRITES = 2;

/** Limits of a shop's product texts, in characters; the same for agents, checks and documentation. */
export const LAUNCH_LIMITS = {
  /** Unless the input says otherwise. */
  title: 70,
  /** Unless the input says otherwise. */
  metaDescription: 155,
  bullet: 180,
  bullets: 5,
  descriptionLeast: 150,
  description: 1_800,
  rationale: 600,
} as const;

import { z } from 'zod';

import type { Finding, PlacedText } from '../../common/finding';

/** A text to check, as tools take it. */
export const placedText = z.strictObject({
  place: z.string().min(1).max(200).describe('Path of the text in the result, like captions[1]'),
  text: z.string().max(100_000),
}) satisfies z.ZodType<PlacedText>;

/** A finding, as tools return it. */
export const finding = z.object({
  check: z.string(),
  phrase: z.string().describe('The words objected to, exactly as they stand in the text'),
  rule: z.string(),
  place: z.string(),
  at: z.number().int().min(0).describe('Where the phrase begins, in characters'),
}) satisfies z.ZodType<Finding>;

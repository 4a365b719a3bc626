import { z } from 'zod';

import { plainLine } from '../../common/plain-text';

/**
 * A text of a service as a tool returns it: one line, cut to `max` characters. Others wrote it, so it is never refused for its length: the
 * rest of the record is of use, and data is not allowed to become a page of instructions. Without a visible character it does not fit.
 */
export const boundedText = (max: number): z.ZodString =>
  z
    .string()
    .overwrite((text) => plainLine(text, max))
    .min(1);

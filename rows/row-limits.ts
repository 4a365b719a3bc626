import { TroupeError } from '../common/troupe-error';

export const LONGEST_ROW_MIB = 16;
/** In characters. Far more than any pipeline takes; without it one quote too many would make a cell of the whole file. */
export const LONGEST_ROW = LONGEST_ROW_MIB * 1_024 * 1_024;

/** The refusal of a file of rows: why, and what to do. */
export const cannotRead = (file: string, why: string, cure: string): TroupeError =>
  new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; ${cure}`);

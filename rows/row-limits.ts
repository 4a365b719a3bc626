import { TroupeError } from '../common/troupe-error';

const MIB = 1_024 * 1_024;
/** In characters. Far more than any pipeline takes; without it one quote too many would make a cell of the whole file. */
export const LONGEST_ROW = 16 * MIB;
/** In characters: a header is refused before anybody takes it apart. */
export const LONGEST_HEADER = MIB;
export const MOST_COLUMNS = 2_000;

export const inMiB = (characters: number): string => `${characters / MIB} MiB`;

/** The refusal of a file of rows: why, and what to do. */
export const cannotRead = (file: string, why: string, cure: string): TroupeError =>
  new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; ${cure}`);

/** The refusal of a row that no file of rows has: thousands of them would take hours to list. */
export const tooWide = (file: string, line: number, has: string): TroupeError =>
  cannotRead(file, `the row from line ${line} on has ${has}, and ${MOST_COLUMNS} are allowed`, 'correct it');

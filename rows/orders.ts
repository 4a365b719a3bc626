/** `input`: in the order of the file, as far as it is done. `finished`: as rows end. */
export const ORDERS = ['input', 'finished'] as const;
export type OutputOrder = (typeof ORDERS)[number];

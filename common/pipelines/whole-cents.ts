/** Whether an amount in the main unit of its currency has no part of a cent, as far as a binary fraction can say it. */
export const isWholeCents = (amount: number): boolean => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6;

/** What to say of one that has. */
export const WHOLE_CENTS = 'must have at most two decimals';

import type { Currency } from '../../common/failures';
import type { Amount } from '../run/budget';

export interface SliceRequest {
  /** What no row holds or has used; infinite without a cap. */
  readonly left: Amount;
  /** Rows that could be started now, this one included. */
  readonly places: number;
  /** The least that a row is worth starting with: what was too little for one before does not count as enough. */
  readonly need: Amount;
  /** Pico-dollars that one row may cost at most. */
  readonly rowCap: number;
}

/**
 * What the next row may cost: an even share of what is left, and never less than a row has been seen to need. Null when that
 * is not there: rows that are under way may still give some back.
 */
export function sliceFor({ left, places, need, rowCap }: SliceRequest): Amount | null {
  const slice = {
    pico: Math.min(rowCap, Math.max(need.pico, share(left.pico, places))),
    tokens: Math.max(need.tokens, share(left.tokens, places)),
  };
  return slice.pico <= left.pico && slice.tokens <= left.tokens && slice.pico > 0 && slice.tokens > 0 ? slice : null;
}

const share = (amount: number, places: number): number => (Number.isFinite(amount) ? Math.floor(amount / Math.max(1, places)) : amount);

/** After a row had too little: half as much again of what was `short`, until it is enough. @param short all unless known */
export function needAfter(need: Amount, tooLittle: Amount, short: readonly Currency[] = ['usd', 'tokens']): Amount {
  return {
    pico: short.includes('usd') ? larger(need.pico, tooLittle.pico) : need.pico,
    tokens: short.includes('tokens') ? larger(need.tokens, tooLittle.tokens) : need.tokens,
  };
}

const larger = (need: number, tooLittle: number): number =>
  Number.isFinite(tooLittle) ? Math.max(need, Math.ceil(tooLittle * 1.5)) : need;

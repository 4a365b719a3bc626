import { spreadAround } from '../../common/estimate';
import { promptTokens } from '../../common/pricing';
import { priceOfUse, scaled, usedBy, type Factors, type RunUse, type StepUse } from './step-use';

/** A completed run, and what a rehearsal makes of the same input. */
export interface Compared {
  readonly real: RunUse;
  readonly rehearsed: RunUse;
}

/** What former runs say of rehearsals. */
export interface Calibration {
  /** Runs that it is made from. */
  readonly runs: number;
  /** How far a run is from its calibrated rehearsal: standard deviation, as a part of its cost. */
  readonly spread: number;
  /** By step, for each that is rehearsed. */
  readonly factors: ReadonlyMap<string, Factors>;
  /** Steps that real runs take and rehearsals do not, such as repairs: their mean for one run. */
  readonly missing: RunUse;
}

/** By how much runs differ from a calibrated rehearsal before two have been compared. Counts as one of them. */
const RUNS_DIFFER = { simulated: 0.05, real: 0.3 } as const;

/** Undefined without former runs. @param on Epoch milliseconds of the day whose prices count. */
export function calibrate(
  compared: readonly Compared[],
  { simulated, on }: { readonly simulated: boolean; readonly on: number },
): Calibration | undefined {
  if (compared.length === 0) return undefined;
  const steps = new Set(compared.flatMap(({ real, rehearsed }) => [...real, ...rehearsed].map(({ step }) => step)));
  const factors = new Map<string, Factors>();
  const missing: StepUse[] = [];
  for (const step of steps) {
    const found = factorsOf(compared, step);
    if (found !== undefined) factors.set(step, found);
    else missing.push(...meanOf(compared, step));
  }
  const calibration = { runs: compared.length, spread: 0, factors, missing };
  const price = (run: RunUse): number => priceOfUse(run, { on, factor: 1 });
  const parts = compared.map(({ real, rehearsed }) => price(real) / price(calibrated(rehearsed, calibration)));
  return { ...calibration, spread: spreadAround(parts, 1, simulated ? RUNS_DIFFER.simulated : RUNS_DIFFER.real) };
}

/** What a real run will ask, by its rehearsal. */
export function calibrated(run: RunUse, { factors, missing }: Pick<Calibration, 'factors' | 'missing'>): RunUse {
  const known = run.map((use) => {
    const by = factors.get(use.step);
    return by === undefined ? use : scaled(use, by);
  });
  return [...known, ...missing];
}

/** Undefined when no rehearsal takes the step. */
function factorsOf(compared: readonly Compared[], step: string): Factors | undefined {
  const total = (side: keyof Compared, of: (use: ReturnType<typeof usedBy>) => number): number =>
    compared.reduce((sum, pair) => sum + of(usedBy(pair[side], step)), 0);
  const ratio = (of: (use: ReturnType<typeof usedBy>) => number): number => {
    const rehearsed = total('rehearsed', of);
    return rehearsed === 0 ? 1 : total('real', of) / rehearsed;
  };
  if (total('rehearsed', ({ requests }) => requests) === 0) return undefined;
  return {
    requests: ratio(({ requests }) => requests),
    input: ratio(({ usage }) => promptTokens(usage)),
    output: ratio(({ usage }) => usage.output_tokens),
    searches: ratio(({ usage }) => usage.web_search_requests ?? 0),
  };
}

function meanOf(compared: readonly Compared[], step: string): StepUse[] {
  const part = 1 / compared.length;
  const all = compared.flatMap(({ real }) => real.filter((use) => use.step === step));
  return all.map((use) => scaled(use, { requests: part, input: part, output: part, searches: part }));
}

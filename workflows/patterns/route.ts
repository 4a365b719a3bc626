import { endsRun } from '../../common/cancellation';
import { quoted } from './quoted';

/**
 * Route: a small classifier picks one of several specialists; whoever is in doubt takes the fallback.
 *
 *   classify ── known class, confident ──→ that specialist ─┐
 *            └─ unknown or in doubt ─────→ fallback ────────┴─→ output, decision
 */
export interface RouteSteps<Name extends string, Output> {
  readonly classify: () => Promise<Classification>;
  /** The pool, by class. */
  readonly specialists: { readonly [Specialist in Name]: (decision: RouteDecision<Name>) => Promise<Output> };
  /** Which of them takes what nobody else can: a generalist, or a person. */
  readonly fallback: NoInfer<Name>;
}

/** What the classifier says. */
export interface Classification {
  readonly choice: string;
  /** From 0 to 1; anything else counts as 0. */
  readonly confidence: number;
}

export interface RouteOptions<Name extends string> {
  /** Below it the fallback takes over; from 0 to 1. @default 0.6 */
  readonly minConfidence?: number;
  /** When the classifier fails: fail, or take the fallback. @default 'fail' */
  readonly ifClassifierFails?: 'fail' | 'fallback';
  /** When the chosen specialist fails: fail, or let the fallback try. @default 'fail' */
  readonly ifSpecialistFails?: 'fail' | 'fallback';
  /** Hears the decision before the specialist begins; again when the fallback steps in for a failed specialist. */
  readonly onRouted?: (decision: RouteDecision<Name>) => void;
}

/** Where something went and why. */
export interface RouteDecision<Name extends string> {
  /** The specialist that works on it. */
  readonly route: Name;
  readonly why: 'chosen' | 'unknown class' | 'low confidence' | 'classifier failed' | 'specialist failed';
  /** What the classifier said, word for word; null when it failed. */
  readonly classified: string | null;
  /** The classifier's confidence, from 0 to 1; null when it failed. */
  readonly confidence: number | null;
  /** What failed, when something did. */
  readonly error?: unknown;
}

export interface RouteResult<Name extends string, Output> {
  readonly output: Output;
  /** The decision that led to the output. */
  readonly decision: RouteDecision<Name>;
}

/**
 * Classifies and hands over to one specialist.
 * @throws the failure of classifier or specialist, unless the options let the fallback step in; that of the fallback always
 * @throws RangeError when `fallback` is no specialist or `minConfidence` is not within 0 and 1
 */
export async function route<Name extends string, Output>(
  { classify, specialists, fallback }: RouteSteps<Name, Output>,
  options: RouteOptions<Name> = {},
): Promise<RouteResult<Name, Output>> {
  const { minConfidence = 0.6, ifClassifierFails = 'fail', ifSpecialistFails = 'fail', onRouted } = options;
  checkRoutes({ specialists, fallback, minConfidence });
  const decision = await decide();
  const go = async (taken: RouteDecision<Name>): Promise<RouteResult<Name, Output>> => {
    onRouted?.(taken);
    return { output: await specialists[taken.route](taken), decision: taken };
  };
  try {
    return await go(decision);
  } catch (error) {
    if (endsRun(error) || ifSpecialistFails === 'fail' || decision.route === fallback) throw error;
    return go({ ...decision, route: fallback, why: 'specialist failed', error });
  }

  async function decide(): Promise<RouteDecision<Name>> {
    try {
      const { choice: classified, confidence: stated } = await classify();
      const confidence = stated >= 0 && stated <= 1 ? stated : 0;
      if (!Object.hasOwn(specialists, classified)) return { route: fallback, why: 'unknown class', classified, confidence };
      if (confidence < minConfidence) return { route: fallback, why: 'low confidence', classified, confidence };
      return { route: classified as Name, why: 'chosen', classified, confidence }; // a key of `specialists`
    } catch (error) {
      if (endsRun(error) || ifClassifierFails === 'fail') throw error;
      return { route: fallback, why: 'classifier failed', classified: null, confidence: null, error };
    }
  }
}

function checkRoutes({ specialists, fallback, minConfidence }: { specialists: object; fallback: string; minConfidence: number }): void {
  if (!Object.hasOwn(specialists, fallback)) {
    throw new RangeError(
      `Cannot route: the fallback "${fallback}" is no specialist; the specialists are ${quoted(Object.keys(specialists))}`,
    );
  }
  if (minConfidence >= 0 && minConfidence <= 1) return;
  throw new RangeError(`Cannot route: 'minConfidence' must be from 0 to 1; current value is ${minConfidence}`);
}

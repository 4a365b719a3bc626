import { endsRun } from '../../common/cancellation';
import { checkGraph, END, type Graph } from './graph-definition';
import { stepFailure } from './step-failure';

export { END, type Edge, type Graph } from './graph-definition';

/**
 * Graph: steps that hand a state on along conditional edges, cycles included, within bounds.
 *
 *   start → node ── first edge whose condition holds ──→ node → … → END
 *             ↑                                           │
 *             └───────────── cycles, bounded ─────────────┘
 */
export interface GraphOptions<Name extends string> {
  /** Most visits in all; at least 1. @default 50 */
  readonly maxSteps?: number;
  /** Most visits of any one node, or of each by name; at least 1. @default 10 */
  readonly maxVisits?: number | { readonly [Node in Name]?: number };
  /** Hears of each node before it runs. */
  readonly onVisit?: (node: Name, visit: number) => void;
}

/** The default bounds of a graph. */
export const GRAPH_DEFAULTS = { maxSteps: 50, maxVisits: 10 } as const;

/** One visit. */
export interface Visit<Name extends string> {
  readonly node: Name;
  /** Which visit of this node it was, from 1. */
  readonly visit: number;
  /** Where the edge led that was taken; null when none was. */
  readonly to: Name | typeof END | null;
}

interface Walked<State, Name extends string> {
  readonly state: State;
  /** Every visit, in order. */
  readonly trace: ReadonlyArray<Visit<Name>>;
}

/** How a walk ended. */
export type GraphResult<State, Name extends string> =
  /** It came to END or to a node that no edge leaves. */
  | (Walked<State, Name> & { readonly status: 'finished' })
  /** `node` was next, but a bound forbids it. */
  | (Walked<State, Name> & { readonly status: 'exhausted'; readonly node: Name; readonly bound: 'maxSteps' | 'maxVisits' })
  /** Edges leave `node`, but none of their conditions holds. */
  | (Walked<State, Name> & { readonly status: 'stuck'; readonly node: Name });

/**
 * Walks the graph from its start. At most `maxSteps` nodes run, whatever the conditions say.
 * @throws InvalidInput before anything runs, naming every unknown node and every edge that can never be taken
 * @throws the failure of a node; its message begins with the node's name
 * @throws RangeError when a bound is no whole number from 1
 */
export async function graph<State, Name extends string>(
  definition: Graph<State, Name>,
  initial: State,
  options: GraphOptions<NoInfer<Name>> = {},
): Promise<GraphResult<State, Name>> {
  const { maxSteps = GRAPH_DEFAULTS.maxSteps, maxVisits = GRAPH_DEFAULTS.maxVisits, onVisit } = options;
  checkGraph(definition, { maxSteps, maxVisits });
  const limitOf = (node: Name): number =>
    typeof maxVisits === 'number' ? maxVisits : ((Object.hasOwn(maxVisits, node) ? maxVisits[node] : null) ?? GRAPH_DEFAULTS.maxVisits);
  const visits = new Map<Name, number>();
  const trace: Array<Visit<Name>> = [];
  let state = initial;
  let node: Name = definition.start;
  for (;;) {
    const visit = (visits.get(node) ?? 0) + 1;
    if (trace.length === maxSteps) return { status: 'exhausted', state, trace, node, bound: 'maxSteps' };
    if (visit > limitOf(node)) return { status: 'exhausted', state, trace, node, bound: 'maxVisits' };
    visits.set(node, visit);
    onVisit?.(node, visit);
    const leaving = definition.edges.filter(({ from }) => from === node);
    let to: Visit<Name>['to'];
    try {
      state = await definition.nodes[node](state, visit);
      to = leaving.find(({ when }) => when === undefined || when(state))?.to ?? null;
    } catch (error) {
      if (endsRun(error)) throw error;
      throw stepFailure(`node "${node}"`, error);
    }
    trace.push({ node, visit, to });
    if (to === END || leaving.length === 0) return { status: 'finished', state, trace };
    if (to === null) return { status: 'stuck', state, trace, node };
    node = to as Name; // END has been dealt with
  }
}

import { FailureType, failure } from '../../common/failures';
import { quoted } from './quoted';

/** Nodes and edges, as data and functions. */
export interface Graph<State, Name extends string> {
  readonly start: NoInfer<Name>;
  /** Takes the state and returns the next one. `visit` counts from 1. */
  readonly nodes: { readonly [Node in Name]: (state: State, visit: number) => Promise<State> };
  /** In order: of the edges that leave a node the first one that holds is taken. A node without any is an end. */
  readonly edges: ReadonlyArray<Edge<State, NoInfer<Name>>>;
}

/** Where an edge leads when the graph ends there. */
export const END = 'END';

export interface Edge<State, Name extends string> {
  readonly from: Name;
  readonly to: Name | typeof END;
  /** Must depend on the state alone. @default always */
  readonly when?: (state: State) => boolean;
}

interface Bounds {
  readonly maxSteps: number;
  readonly maxVisits: number | { readonly [node: string]: number | undefined };
}

/** Refuses a graph that cannot be walked as it is drawn, with every problem it has. */
export function checkGraph<State, Name extends string>({ start, nodes, edges }: Graph<State, Name>, bounds: Bounds): void {
  const known = (name: string): boolean => Object.hasOwn(nodes, name);
  const { maxSteps, maxVisits } = bounds;
  const limits = typeof maxVisits === 'number' ? {} : maxVisits;
  const problems = [
    ...(known(END) ? [`a node is called "${END}", which stands for the end`] : []),
    ...(known(start) ? [] : [`the start "${start}" is no node`]),
    ...edges.flatMap((edge, index) => problemsOf(edge, edges.slice(0, index), known)),
    ...Object.keys(limits).flatMap((name) => (known(name) ? [] : [`'maxVisits' names "${name}", which is no node`])),
  ];
  if (problems.length > 0) {
    throw failure({
      type: FailureType.InvalidInput,
      message: `Cannot run the graph: ${problems.join('; ')}; the nodes are ${quoted(Object.keys(nodes))}`,
      details: { reasons: problems },
    });
  }
  checkBound('maxSteps', maxSteps);
  if (typeof maxVisits === 'number') checkBound('maxVisits', maxVisits);
  for (const [name, limit] of Object.entries(limits)) if (limit !== undefined) checkBound(`maxVisits.${name}`, limit);
}

function problemsOf(
  { from, to }: Edge<never, string>,
  earlier: ReadonlyArray<Edge<never, string>>,
  known: (name: string) => boolean,
): string[] {
  const hidden = earlier.some((other) => other.from === from && other.when === undefined);
  return [
    ...(known(from) ? [] : [`an edge leaves "${from}", which is no node`]),
    ...(to === END || known(to) ? [] : [`an edge leads from "${from}" to "${to}", which is no node`]),
    ...(hidden ? [`the edge from "${from}" to "${to}" can never be taken: one before it always holds`] : []),
  ];
}

function checkBound(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`Cannot run the graph: '${name}' must be a whole number from 1; current value is ${value}`);
}

import type { ModelTier } from '../common/call';
import { failure, FailureType } from '../common/failures';
import type { PipelineDefinition } from '../common/pipelines/define-pipeline';
import { parseInput, parseRunOptions, type Parsed } from '../common/pipelines/parse-input';
import { ratesFor } from '../common/price-list';
import type { OpenedRun } from '../common/run';
import type { ActivityDeps } from './deps';
import { readRowInput } from './jobs/row-outcomes';
import { quoteReferences } from './large-output';

export interface OpenRunInput {
  /** Workflow Type. */
  readonly pipeline: string;
  /** The Workflow's arguments as they came, from whatever client. */
  readonly args: readonly unknown[];
}

const TIERS: readonly ModelTier[] = ['fast', 'balanced', 'best'];

/**
 * First step of every run: checks what it was started with and records what its calls rely on.
 * @throws InvalidInput with the same line that the CLI prints.
 */
export async function openRun(deps: ActivityDeps, { pipeline, args }: OpenRunInput): Promise<OpenedRun> {
  const definition = deps.pipelines[pipeline];
  if (definition === undefined) {
    throw invalid(`Cannot start "${pipeline}": there is no such pipeline; use one of ${Object.keys(deps.pipelines).join(', ')}`);
  }
  if (args.length > 2) {
    throw invalid(`Cannot start "${pipeline}": it was given ${args.length} arguments; give its input and, if need be, options`);
  }
  const options = valid(parseRunOptions(pipeline, args[1]));
  const given = options.job === undefined ? args[0] : await readRowInput(deps, options.job);
  const input = await quoteReferences(deps.store, valid(parseInput(pipeline, definition.input, given)));
  return { input, options, ...relianceOf(deps), byEvents: true };
}

/** What the runs of some rows rely on, and their inputs; null for one that its run is to open itself. */
export interface OpenedRows {
  readonly run: RunReliance;
  readonly inputs: ReadonlyArray<{ readonly input: unknown } | null>;
}

type RunReliance = Omit<OpenedRun, 'input' | 'options'>;

/** UTF-8 bytes of JSON. The history of the job has an input of this length twice: five hundred of them are a megabyte. */
const SHORT_INPUT_BYTES = 1_000;

/** Opens the runs of rows in advance, which saves each a local activity. Those with a long input, or one that does not fit, are left to say so themselves. */
export async function openRows(deps: ActivityDeps, pipeline: string, inputs: readonly unknown[]): Promise<OpenedRows> {
  const schema = deps.pipelines[pipeline]?.input;
  const opened = inputs.map(async (given) => {
    const parsed = parsedOrNot(schema, given);
    if (parsed === undefined || Buffer.byteLength(JSON.stringify(parsed)) > SHORT_INPUT_BYTES) return null;
    return { input: await quoteReferences(deps.store, parsed) };
  });
  return { run: relianceOf(deps), inputs: await Promise.all(opened) };
}

/** A schema of a user's own may throw, which is for the run of that row to say. */
function parsedOrNot(schema: PipelineDefinition['input'] | undefined, given: unknown): unknown {
  try {
    return schema?.safeParse(given).data;
  } catch {
    return undefined;
  }
}

function relianceOf(deps: ActivityDeps): RunReliance {
  const { store, simulated } = deps;
  return { storeId: store.id, simulated, stageLater: true, byTaskTime: true, rateCard: rateCardOf(deps) };
}

function rateCardOf({ models, now }: ActivityDeps): OpenedRun['rateCard'] {
  const on = now();
  return Object.fromEntries(TIERS.map((tier) => [tier, { model: models.forTier(tier).id, rates: ratesFor(models.forTier(tier).id, on) }]));
}

function valid<Value>(parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw invalid(parsed.message);
}

const invalid = (message: string) => failure({ type: FailureType.InvalidInput, message });

import { pipelines, type PipelineName } from '../common/pipelines';
import { parseInput, parseRunOptions } from '../common/pipelines/parse-input';
import type { RunOptions } from '../common/run';
import { hashOfRequest } from './run-id';
import { TroupeError } from '../common/troupe-error';
import { unknownPipeline } from '../common/pipelines/unknown-pipeline';

/** How a run is started; all optional. */
export interface StartOptions extends RunOptions {
  /**
   * Workflow Id. Started again with the same pipeline, input and options it attaches to the running or completed run; a
   * failed or cancelled one is started anew. @default readable and new
   */
  readonly id?: string;
}

/** A request that passed every check which needs no server. */
export interface CheckedStart {
  readonly pipeline: PipelineName;
  readonly id: string | undefined;
  readonly subject: string;
  readonly input: unknown;
  readonly options: RunOptions;
  readonly hash: string;
}

const VALID_ID = /^(?!\s)[^\p{C}]{1,200}(?<!\s)$/u;

/**
 * Checks everything about a start that needs no server, fills the input's defaults.
 * @throws TroupeError `invalid-input` with one line.
 */
export function checkStart(pipeline: string, input: unknown, start: StartOptions = {}): CheckedStart {
  if (!Object.hasOwn(pipelines, pipeline)) {
    throw unknownPipeline('start', pipeline);
  }
  const name = pipeline as PipelineName; // checked above
  const { id, ...options } = start;
  if (id !== undefined && !VALID_ID.test(id)) {
    throw new TroupeError(
      'invalid-input',
      `Cannot start "${name}": the id ${JSON.stringify(id)} is not usable; use 1 to 200 printable characters`,
    );
  }
  const parsed = parseInput(name, pipelines[name].input, input);
  if (!parsed.ok) throw new TroupeError('invalid-input', parsed.message);
  const parsedOptions = parseRunOptions(name, options);
  if (!parsedOptions.ok) throw new TroupeError('invalid-input', parsedOptions.message);
  const subject = (parsed.value as Readonly<Record<string, unknown>>)[pipelines[name].subjectField];
  return {
    pipeline: name,
    id,
    subject: typeof subject === 'string' ? subject : '',
    input: parsed.value,
    options: parsedOptions.value,
    hash: hashOfRequest(name, parsed.value, parsedOptions.value),
  };
}

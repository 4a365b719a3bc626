import { endsRun } from '../../common/cancellation';
import { stepFailure } from './step-failure';

/**
 * Sequence: each stage gets the output of the one before.
 *
 *   input → stage 1 → stage 2 → … → stage n → output
 */
export interface SequenceStage<Value> {
  readonly name: string;
  readonly run: (previous: Value) => Promise<Value>;
  /** A failed critical stage ends the sequence; any other is skipped and its input handed on. @default true */
  readonly critical?: boolean;
}

export interface SequenceOptions {
  /** Hears of each stage that was skipped. */
  readonly onSkipped?: (stage: string, error: unknown) => void;
}

/** What a stage made of its input. A skipped one hands its input on. */
export interface StageOutcome<Value> {
  readonly name: string;
  readonly status: 'done' | 'skipped';
  readonly output: Value;
}

export interface SequenceResult<Value> {
  readonly output: Value;
  readonly stages: ReadonlyArray<StageOutcome<Value>>;
}

/**
 * Runs stages one after the other.
 * @throws the failure of the first critical stage that failed; its message begins with the stage's name
 */
export async function sequence<Value>(
  input: Value,
  stages: ReadonlyArray<SequenceStage<Value>>,
  options: SequenceOptions = {},
): Promise<SequenceResult<Value>> {
  const outcomes: Array<StageOutcome<Value>> = [];
  let output = input;
  for (const stage of stages) {
    try {
      output = await stage.run(output);
      outcomes.push({ name: stage.name, status: 'done', output });
    } catch (error) {
      if (endsRun(error)) throw error;
      if (stage.critical !== false) throw stepFailure(`stage "${stage.name}"`, error);
      outcomes.push({ name: stage.name, status: 'skipped', output });
      options.onSkipped?.(stage.name, error);
    }
  }
  return { output, stages: outcomes };
}

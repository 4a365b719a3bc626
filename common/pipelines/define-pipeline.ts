import type { z } from 'zod';

/** What a client must know of a pipeline: its schemas and how a one-line subject becomes an input. */
export interface PipelineDefinition<Input extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  /** Workflow Type. */
  readonly name: string;
  /** One line for `troupe pipelines`. */
  readonly description: string;
  readonly input: Input;
  /** Published schema of `RunOutcome.result`. */
  readonly result: Result;
  /** Input field that the subject on the command line fills. */
  readonly subjectField: string;
  /** Steps as a reader draws them. */
  readonly diagram: string;
}

/** Typed identity: keeps input and result types inferred. */
export function definePipeline<Input extends z.ZodType, Result extends z.ZodType>(
  definition: PipelineDefinition<Input, Result>,
): PipelineDefinition<Input, Result> {
  return definition;
}

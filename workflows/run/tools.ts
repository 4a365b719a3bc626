import type { z } from 'zod';

import type { Tools } from '../../activities/tools/index';
import { TOOL_OPTIONS, type ToolCallOptions, type ToolName } from '../../common/tool-options';
import { claimStep, currentRun } from './run';
import { runToolStep } from './tool-step';

export type ToolInput<Name extends ToolName> = z.input<Tools[Name]['input']>;
export type ToolOutput<Name extends ToolName> = z.output<Tools[Name]['output']>;

/** What the pipeline may say about one call of a tool. */
export interface ToolStepOptions {
  /** Tells calls of the same tool apart: part of the step path and of the Web UI's timeline. */
  readonly label?: string;
}

type ToolCalls = {
  readonly [Name in ToolName]: (input: ToolInput<Name>, options?: ToolStepOptions) => Promise<ToolOutput<Name>>;
};

/**
 * Every tool of the registry as a function: `await tools.analyzeData({ columns }, { label: 'prices' })`. One activity a call, free of
 * charge; it fails with InvalidInput or ToolFailed. A pipeline that calls a tool has decided: nobody is asked for approval.
 */
export const tools = Object.fromEntries(
  Object.entries(TOOL_OPTIONS).map(([name, limits]) => [
    name,
    (input: unknown, { label }: ToolStepOptions = {}) => callTool({ name, limits, input, label }),
  ]),
) as unknown as ToolCalls; // the registry's schemas, checked by the activity, are what makes these types true

interface PipelineCall {
  readonly name: string;
  readonly limits: ToolCallOptions;
  readonly input: unknown;
  readonly label: string | undefined;
}

function callTool({ name, limits, input, label }: PipelineCall): Promise<unknown> {
  const run = currentRun();
  return runToolStep({ run, tool: name, step: claimStep(run, name, label), label, limits, args: [input] });
}

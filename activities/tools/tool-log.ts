import { Context } from '@temporalio/activity';

import { createRedact } from '../../claude/redact';
import type { ToolCallContext, ToolOutcome } from '../../common/tool-call';
import { outcomeOfError, previewOf } from '../call-log';
import type { ActivityDeps } from '../deps';
import { secretsIn } from './secret-fields';

/** One line per attempt at a call of a tool. */
export interface ToolLogLine {
  readonly event: 'tool';
  /** ISO 8601. */
  readonly time: string;
  readonly traceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly tool: string;
  readonly step: string;
  readonly latencyMs: number;
  readonly attempt: number;
  /** `done`, `cancelled` or the type of the failure. */
  readonly outcome: string;
  /** The input's beginning, as JSON. */
  readonly input: string;
  /** The output's beginning, as JSON. */
  readonly output: string;
  readonly reason?: string;
}

export interface LoggedCall {
  readonly deps: Pick<ActivityDeps, 'claude' | 'log' | 'now'>;
  readonly tool: string;
  /** Its section of the tools file, whose secrets are blotted out. */
  readonly config: unknown;
  readonly input: unknown;
  readonly context: ToolCallContext;
}

type Ending = { readonly outcome: ToolOutcome } | { readonly error: unknown };

/** Runs one attempt at a call of a tool and logs how it ended. */
export async function logToolCall(call: LoggedCall, run: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  const { deps } = call;
  const startedAt = deps.now();
  const log = (ending: Ending): void => deps.log(toolLogLine(call, ending, { startedAt, endedAt: deps.now() }));
  try {
    const outcome = await run();
    log({ outcome });
    return outcome;
  } catch (error) {
    log({ error });
    throw error;
  }
}

function toolLogLine(
  { deps, tool, config, input, context }: LoggedCall,
  ending: Ending,
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
): ToolLogLine {
  const { workflowExecution, attempt } = Context.current().info;
  const ofTool = createRedact(secretsIn(config).join(' '));
  const preview = (value: unknown): string =>
    previewOf(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), (text) => ofTool(deps.claude.redact(text)));
  const failed = 'error' in ending;
  return {
    event: 'tool',
    time: new Date(endedAt).toISOString(),
    traceId: context.traceId,
    workflowId: workflowExecution?.workflowId ?? '',
    runId: workflowExecution?.runId ?? '',
    pipeline: context.pipeline,
    tool,
    step: context.step,
    latencyMs: endedAt - startedAt,
    attempt,
    outcome: failed ? outcomeOfError(ending.error) : 'done',
    input: preview(context.conversation?.inputRef ?? input),
    output: failed ? '' : preview(ending.outcome.output),
    ...(failed ? { reason: preview(ending.error instanceof Error ? ending.error.message : String(ending.error)) } : {}),
  };
}

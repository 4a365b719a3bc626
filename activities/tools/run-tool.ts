import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

import { failure, FailureType } from '../../common/failures';
import { describeIssues } from '../../common/pipelines/parse-input';
import type { ToolCallContext, ToolOutcome } from '../../common/tool-call';
import { isSystemError } from '../call-failures';
import type { ActivityDeps } from '../deps';
import { beating } from '../beating';
import type { AnyTool } from './any-tool';
import type { ToolContext } from './define-tool';
import { refuseOtherStore } from '../refuse-other-store';
import { toolFailure } from './tool-failure';
import { givenInput, replyTo } from './tool-reply';

export interface ToolArguments {
  readonly deps: ActivityDeps;
  readonly tool: AnyTool;
  readonly input: unknown;
  readonly context: ToolCallContext;
}

/**
 * One attempt at one call of a tool: input and output are checked against the tool's schemas.
 * @throws InvalidInput when the input does not fit; ToolFailed when the tool cannot do it or what it returns does not fit
 */
export async function runTool({ deps, tool, input, context }: ToolArguments): Promise<ToolOutcome> {
  refuseOtherStore(`call "${tool.name}"`, deps.store, context.storeId);
  const parsed = tool.input.safeParse(await givenInput(deps, input, context));
  if (!parsed.success) {
    const message = `Cannot call tool "${tool.name}": its input does not fit: ${describeIssues(parsed.error)}; correct the input`;
    throw failure({ type: FailureType.InvalidInput, message });
  }
  const { info, cancellationSignal } = Context.current();
  const toolContext: ToolContext<never> = {
    signal: cancellationSignal,
    config: deps.toolConfig.tools[tool.name] as never, // parsed by this tool's own schema when the file was read
    idempotencyKey: `${info.workflowExecution?.workflowId ?? ''}/${context.step}`,
    attempt: info.attempt,
    now: deps.now,
  };
  try {
    // Parsed by this tool's own schema, so it is what its function takes.
    const returned = await beating(async () => tool.run(parsed.data as never, toolContext));
    const output = checkOutput(tool, returned);
    return { output: context.conversation === undefined ? output : await replyTo(deps, JSON.stringify(output)) };
  } catch (error) {
    if (cancellationSignal.aborted) throw new CancelledFailure(`The call of tool "${tool.name}" was cancelled`);
    throw toolError(tool.name, error);
  }
}

function checkOutput(tool: AnyTool, returned: unknown): unknown {
  const parsed = tool.output.safeParse(returned);
  if (!parsed.success) {
    const reason = `it does not fit the tool's schema: ${describeIssues(parsed.error)}`;
    throw toolFailure({ message: `Cannot use the result of "${tool.name}": ${reason}; correct the tool` });
  }
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data) ?? 'null');
  if (bytes <= tool.maxOutputBytes) return parsed.data;
  const reason = `it has ${bytes} bytes and ${tool.maxOutputBytes} are allowed`;
  throw toolFailure({ message: `Cannot use the result of "${tool.name}": ${reason}; ask for less at once` });
}

/** A tool's own failure as it is; the network's may pass, a bug does not. */
export function toolError(tool: string, error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  // What a timed-out signal throws is no instance of Error everywhere.
  const { name = '', message = String(error) } = (error ?? {}) as Partial<Error>;
  const passing = isSystemError(error) || PASSING.has(name);
  return toolFailure({
    message: `Cannot finish the call of tool "${tool}": ${message}; ${passing ? 'it is tried again' : 'correct the tool or what it was asked'}`,
    retryable: passing,
  });
}

/** What `AbortSignal.timeout` and a stopped request throw. */
const PASSING: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError']);

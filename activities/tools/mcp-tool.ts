import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';

import { failure, FailureType } from '../../common/failures';
import type { ToolCallContext, ToolOutcome } from '../../common/tool-call';
import type { ActivityDeps } from '../deps';
import { beating } from '../beating';
import { splitMcpName } from './offers';
import { toolError } from './run-tool';
import { givenInput, replyTo } from './tool-reply';
import { refuseOtherStore } from '../refuse-other-store';

/** One attempt at one call of a tool of an MCP server, whose name is `mcp__server__tool`. */
export async function mcpTool(
  deps: ActivityDeps,
  name: string,
  { input, context }: { input: unknown; context: ToolCallContext },
): Promise<ToolOutcome> {
  refuseOtherStore(`call "${name}"`, deps.store, context.storeId);
  const [server, tool = ''] = splitMcpName(name);
  const { cancellationSignal: signal } = Context.current();
  try {
    const given = await givenInput(deps, input, context);
    if (!isFields(given)) {
      const message = `Cannot call tool "${name}": its input is not an object; correct the input`;
      throw failure({ type: FailureType.InvalidInput, message });
    }
    const text = await beating(() => deps.mcp.call({ server, tool, input: given, signal }));
    return { output: await replyTo(deps, text) };
  } catch (error) {
    if (signal.aborted) throw new CancelledFailure(`The call of tool "${name}" was cancelled`);
    throw toolError(name, error);
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

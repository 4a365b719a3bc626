import { Context } from '@temporalio/activity';

import type { CallContext, CallOutcome } from '../common/call';
import { DYNAMIC_AGENT } from '../common/call-options';
import { MCP_TOOL } from '../common/conversation';
import type { Submission } from '../common/batch';
import { failure, FailureType } from '../common/failures';
import type { LargeOutput } from '../common/large-output';
import type { CallSpend, Ledger } from '../common/ledger';
import type { KeptWork, OpenedRun } from '../common/run';
import type { ToolCallContext, ToolOutcome } from '../common/tool-call';
import { createAnnouncer } from './batch/announcer';
import { beating } from './beating';
import { collectBatch, lookAtBatch, type CollectBatchInput, type CollectedBatch } from './batch/collect-batch';
import { paceFor } from './batch/pace';
import { submitBatch, type SubmitBatchInput } from './batch/submit-batch';
import { failTickets, withdrawTickets, type FailTicketsInput, type WithdrawTicketsInput } from './batch/withdraw-tickets';
import { callAgent } from './call-agent';
import { currentCallSite } from './call-site';
import { dynamicAgent, registeredAgent, type CallableAgent } from './callable-agent';
import { renderTurn } from './conversation';
import type { ActivityDeps, AnyAgent } from './deps';
import { listSource, type ListedSource, type ListSourceInput } from './files/list-source';
import { takeFile, type TakeFileInput, type TakenFile } from './files/take-file';
import { writeOutput, type WriteOutputInput } from './files/write-output';
import { loadJobPage, openJob, type JobPageKeys, type OpenedJob, type OpenJobInput } from './jobs/open-job';
import {
  keepOutcomes,
  keepRow,
  lookAtRows,
  settleRow,
  type EndedRow,
  type KeepOutcomesInput,
  type KeepRowInput,
  type LookAtRowsInput,
  type SettleRowInput,
} from './jobs/row-outcomes';
import { sampleRows, type Sample, type SampleRowsInput } from './jobs/sample-rows';
import { keepResult, keepWork } from './keep-work';
import { openRun, type OpenRunInput } from './open-run';
import { settleCall, type SettleCallInput } from './settle-call';
import { settleChild, type SettleChildInput } from './settle-child';
import type { AnyTool } from './tools/any-tool';
import { mcpTool } from './tools/mcp-tool';
import { splitMcpName } from './tools/offers';
import { runTool } from './tools/run-tool';
import { logToolCall } from './tools/tool-log';

/** An agent's activity. */
export type AgentActivity = (input: unknown, call: CallContext) => Promise<CallOutcome>;

/** A tool's activity. */
export type ToolActivity = (input: unknown, call: ToolCallContext) => Promise<ToolOutcome>;

/** Activity of all tools of MCP servers; the name comes first. */
export type McpToolActivity = (name: string, input: unknown, call: ToolCallContext) => Promise<ToolOutcome>;

/** What a run says of itself when something of it is kept. */
export interface RunPlace {
  /** Absent: not checked. */
  readonly storeId?: string;
  /** Given by a child, whose parent asks for its ledger. */
  readonly firstRunId?: string;
}

/** Run as local activities: short, free and idempotent. */
export interface RunActivities {
  readonly openRun: (input: OpenRunInput) => Promise<OpenedRun>;
  /** Returns the store key of what it kept. */
  readonly keepWork: (work: KeptWork, place?: RunPlace) => Promise<string>;
  readonly keepResult: (result: unknown, place?: RunPlace) => Promise<LargeOutput>;
  readonly settleCall: (call: SettleCallInput) => Promise<CallSpend>;
  readonly settleChild: (child: SettleChildInput) => Promise<Ledger>;
  readonly keepRow: (kept: KeepRowInput) => Promise<unknown>;
  readonly keepOutcomes: (input: KeepOutcomesInput) => Promise<void>;
}

/** Activities of jobs that may take long: they read the store or ask Temporal for many rows. */
export interface JobActivities {
  readonly openJob: (input: OpenJobInput) => Promise<OpenedJob>;
  readonly loadJobPage: (page: { manifest: string; index: number }) => Promise<JobPageKeys>;
  readonly settleRow: (row: SettleRowInput) => Promise<Ledger>;
  readonly lookAtRows: (input: LookAtRowsInput) => Promise<readonly EndedRow[]>;
  readonly sampleRows: (input: SampleRowsInput) => Promise<Sample>;
}

/** Activities of files of rows: they read and write where the worker is. */
export interface FileActivities {
  readonly listSource: (input: ListSourceInput) => Promise<ListedSource>;
  readonly takeFile: (input: TakeFileInput) => Promise<TakenFile>;
  readonly writeOutput: (input: WriteOutputInput) => Promise<void>;
}

/** What the collector of Message Batches has done for it. */
export interface BatchActivities {
  readonly submitBatch: (input: SubmitBatchInput) => Promise<Submission>;
  readonly lookAtBatch: (batchId: string) => Promise<{ readonly ended: boolean }>;
  readonly collectBatch: (input: CollectBatchInput) => Promise<CollectedBatch>;
  readonly failTickets: (input: FailTicketsInput) => Promise<void>;
  readonly withdrawTickets: (withdrawals: readonly WithdrawTicketsInput[]) => Promise<void>;
}

/**
 * Everything a worker registers: one Activity Type per agent and per tool, `agent` for roles made at run time, and
 * `RunActivities`, `JobActivities`, `FileActivities` and `BatchActivities`. Agents and tools share an index signature: who calls one by name knows which it is.
 */
export type Activities = RunActivities & JobActivities & FileActivities & BatchActivities & Readonly<Record<string, AgentActivity>>;

/** What a worker hands in; the announcer is made when none is given. */
export type GivenDeps = Omit<ActivityDeps, 'announcer'> & Partial<Pick<ActivityDeps, 'announcer'>>;

/**
 * Makes the activities of a worker.
 * @throws Error when the name of an agent or a tool is taken, by another one or by Troupe itself.
 */
export function createActivities(given: GivenDeps): Activities {
  const deps: ActivityDeps = { announcer: createAnnouncer(paceFor(given.simulated)), ...given };
  const run: RunActivities & JobActivities & FileActivities & BatchActivities = {
    openRun: (input) => openRun(deps, input),
    keepWork: (work, { firstRunId, ...place } = {}) =>
      keepWork(deps, work, { ...place, ...(firstRunId !== undefined && { child: { ...placeOfRun(), firstRunId } }) }),
    keepResult: (result, place) => keepResult(deps, result, place),
    settleCall: (call) => settleCall(deps, Context.current().info.namespace, call),
    settleChild: (child) => settleChild(deps, Context.current().info.namespace, child),
    keepRow: (kept) => keepRow(deps, placeOfRun().workflowId, kept),
    keepOutcomes: (input) => keepOutcomes(deps, input),
    settleRow: (row) => beating(() => settleRow(deps, placeOfRun().namespace, row)),
    loadJobPage: (page) => beating(() => loadJobPage(deps, page)),
    openJob: (input) => beating(() => openJob(deps, placeOfRun(), input)),
    sampleRows: (input) => beating(() => sampleRows(deps, input)),
    listSource: (input) => beating(() => listSource(deps, placeOfRun().namespace, input)),
    takeFile: (input) => takeFile(deps, placeOfRun().namespace, input),
    writeOutput: (input) => writeOutput(deps, placeOfRun().namespace, input),
    submitBatch: (input) => submitBatch(deps, input),
    lookAtBatch: (batchId) => lookAtBatch(deps, batchId),
    collectBatch: (input) => collectBatch(deps, input),
    failTickets: (input) => failTickets(deps, input),
    withdrawTickets: (withdrawals) => withdrawTickets(deps, withdrawals),
    lookAtRows: (input) => beating(() => lookAtRows(deps, placeOfRun().namespace, input)),
  };
  const registered: Record<string, AgentActivity | ToolActivity | McpToolActivity> = {
    [MCP_TOOL]: (name: string, input: unknown, context: ToolCallContext) => {
      const config = deps.toolConfig.mcpServers[splitMcpName(name)[0]];
      return logToolCall({ deps, tool: name, config, input, context }, () => mcpTool(deps, name, { input, context }));
    },
    [DYNAMIC_AGENT]: agentActivity(deps, dynamicAgent(DYNAMIC_AGENT, deps.models)),
  };
  const register = (kind: 'agent' | 'tool', name: string, activity: AgentActivity | ToolActivity): void => {
    if (name in run || name in registered) throw new Error(`Cannot register ${kind} "${name}": the name is taken; rename the ${kind}`);
    registered[name] = activity;
  };
  for (const agent of Object.values(deps.agents)) register('agent', agent.name, agentActivity(deps, conversing(deps, agent)));
  for (const tool of Object.values(deps.tools)) register('tool', tool.name, toolActivity(deps, tool));
  // The names of the parts are disjoint, which an index signature cannot express.
  return { ...registered, ...run } as Activities;
}

/** Where the activity's own workflow is. */
function placeOfRun(): { namespace: string; workflowId: string; runId: string } {
  const { namespace, workflowExecution } = Context.current().info;
  return { namespace, workflowId: workflowExecution?.workflowId ?? '', runId: workflowExecution?.runId ?? '' };
}

/** An agent of the registry, which also takes part in conversations with tools. */
function conversing(deps: ActivityDeps, agent: AnyAgent): CallableAgent {
  const plain = registeredAgent(agent, deps.models);
  return {
    activityType: plain.activityType,
    render: (input, context) =>
      context.conversation === undefined
        ? plain.render(input, context)
        : renderTurn(deps, agent, { input, conversation: context.conversation }),
  };
}

function toolActivity(deps: ActivityDeps, tool: AnyTool): ToolActivity {
  const config = deps.toolConfig.tools[tool.name];
  return (input, context) => logToolCall({ deps, tool: tool.name, config, input, context }, () => runTool({ deps, tool, input, context }));
}

function agentActivity(deps: ActivityDeps, agent: CallableAgent): AgentActivity {
  return async (input, context) => {
    if (typeof context?.storeId !== 'string') {
      const message = `Cannot call "${agent.activityType}": its second argument is not the context of a call; start a pipeline instead`;
      throw failure({ type: FailureType.InvalidInput, message });
    }
    return callAgent({ deps, agent, site: currentCallSite(deps.now), input, context });
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { z } from 'zod';

import { createActivities, type Activities, type AgentActivity } from '../../activities';
import { paceFor } from '../../activities/batch/pace';
import type { CallLogLine } from '../../activities/call-log';
import type { ActivityDeps } from '../../activities/deps';
import { createMcpServers } from '../../activities/tools/mcp-servers';
import { parseToolConfig } from '../../activities/tools/tool-config';
import { defineAgent } from '../../agents/define-agent';
import { createClaude, type ClaudeOptions } from '../../claude/client';
import { createFailpoints } from '../../claude/failpoints';
import { createModels } from '../../claude/models';
import type { CallContext, CallOutcome } from '../../common/call';
import { definePipeline } from '../../common/pipelines/define-pipeline';
import { readSettings } from '../../common/settings';
import { openFileStore } from '../../storage/file-store';

export const echo = defineAgent({
  name: 'echo',
  description: 'Says a word',
  tier: 'fast',
  maxTokens: 100,
  system: 'Say the word.',
  input: z.object({ word: z.string().min(1), times: z.number().int().default(1) }),
  output: z.object({ said: z.string().max(12).describe('At most 12 characters') }),
  prompt: ({ word, times }) => `Say "${word}" ${times} times.`,
});

export const echoPipeline = definePipeline({
  name: 'echoRun',
  description: 'Says a word',
  input: z.object({ word: z.string().trim().min(1, 'must not be empty'), times: z.number().default(3) }),
  result: z.object({ said: z.string() }),
  subjectField: 'word',
  diagram: 'echo',
});

/** An activity environment that does not print the failures that a test provokes. */
export function quietEnvironment(info: Partial<Info> = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });
}

export interface ActivityRig {
  readonly activities: Activities;
  readonly deps: ActivityDeps;
  readonly log: CallLogLine[];
  readonly echo: AgentActivity;
  /** Runs one attempt of an activity, in an environment of its own. */
  attempt(input?: unknown, context?: Partial<CallContext>, info?: Partial<Info>): Promise<CallOutcome>;
  context(partial?: Partial<CallContext>): CallContext;
  close(): Promise<void>;
}

/** The real activities over a real folder and real HTTP. */
export async function startActivityRig(
  baseUrl: string,
  options: Partial<ActivityDeps> & { claudeOptions?: Partial<ClaudeOptions> } = {},
): Promise<ActivityRig> {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-activities-'));
  const log: CallLogLine[] = [];
  const { claudeOptions, ...given } = options;
  const claude = createClaude({ apiKey: 'sk-test-key', baseUrl, simulated: true, ...claudeOptions });
  const deps: ActivityDeps = {
    announcer: { pace: paceFor(true), announce: () => Promise.reject(new Error('Nothing is collected here')) },
    agents: { echo },
    pipelines: { echoRun: echoPipeline },
    tools: {},
    toolConfig: parseToolConfig({}, {}, {}),
    mcp: createMcpServers({}),
    claude,
    store: await openFileStore(folder),
    models: createModels(readSettings({})),
    simulated: true,
    log: (line) => log.push(line as CallLogLine),
    failpoints: createFailpoints(undefined),
    now: Date.now,
    ...given,
  };
  const activities = createActivities(deps);
  const echoActivity = activities['echo'];
  if (echoActivity === undefined) throw new Error('the rig has no agent "echo"');
  const context = (partial: Partial<CallContext> = {}): CallContext => ({
    pipeline: 'echoRun',
    firstRunId: 'first-run',
    traceId: 'trace-1',
    storeId: deps.store.id,
    simulated: deps.simulated,
    step: 'echo',
    generation: 0,
    lane: 'interactive',
    reuse: false,
    ...partial,
  });
  return {
    activities,
    echo: echoActivity,
    deps,
    log,
    context,
    attempt: (input = { word: 'hello' }, partial = {}, info = {}) => quietEnvironment(info).run(echoActivity, input, context(partial)),
    async close() {
      await claude.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { CALL_DEFAULTS, type AgentCallOptions } from '../../common/call-options';
import { converse } from '../../workflows/run/conversation';
import { runChild } from '../../workflows/run/child';
import { tools } from '../../workflows/run/tools';
import { failFast } from '../../workflows/run/fail-fast';

export { batchCollector } from '../../workflows/collector/batch-collector';
export { oneAgent } from '../../workflows/pipelines/one-agent';

/** What the stand-in for a pipeline is to do; handed over as its topic. */
export type Plan =
  | { readonly do: 'converse'; readonly task: string; readonly maxTurns?: number; readonly label?: string }
  | { readonly do: 'tool'; readonly columns: ReadonlyArray<{ name: string; values: number[] }> }
  | {
      readonly do: 'child';
      readonly agent: string;
      readonly input: Record<string, unknown>;
      readonly share?: number;
      readonly tolerate?: boolean;
    };

const DIGGER: AgentCallOptions = { tier: 'fast', maxTokens: 256, ...CALL_DEFAULTS, converses: true };

/** Stands for the pipeline of that name. */
export async function brief({ topic }: { topic: string }): Promise<unknown> {
  const plan = JSON.parse(topic) as Plan;
  switch (plan.do) {
    case 'converse': {
      const { maxTurns, label } = plan;
      const options = { ...(maxTurns !== undefined && { maxTurns }), ...(label !== undefined && { label }) };
      return converse({ agent: 'digger', limits: DIGGER }, { task: plan.task }, options);
    }
    case 'tool':
      return tools.analyzeData({ columns: [...plan.columns] }, { label: 'figures' });
    case 'child':
      return child(plan);
  }
}

async function child({ agent, input, share, tolerate }: Plan & { do: 'child' }): Promise<unknown> {
  const ended = failFast(() => runChild('oneAgent', { agent, input }, { label: 'helper', ...(share !== undefined && { share }) }));
  if (tolerate !== true) return (await ended).result;
  return ended.then(
    ({ result }) => ({ result }),
    (error: Error) => ({ failed: error.message }),
  );
}

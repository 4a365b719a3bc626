import { reviewGate, type ReviewGateOptions } from '../../../workflows/run/gates';
import { agents } from '../../../workflows/run/agents';

export interface GatePlan extends Omit<ReviewGateOptions<unknown>, 'validate'> {
  /** An edited value must be a text of at most so many characters. */
  readonly limit?: number;
  /** Proposes a text of so many characters in place of `proposal`. */
  readonly characters?: number;
}

const titled = async (topic: string): Promise<string> => (await agents.title({ topic, draft: `About ${topic}` })).title;

/** Stands for the pipeline of that name; its topic is a list of gates, opened all at once between two calls each. */
export async function brief({ topic }: { topic: string }): Promise<unknown> {
  const plans = JSON.parse(topic) as GatePlan[];
  return Promise.all(
    plans.map(async ({ limit, characters, ...plan }) => {
      const options = characters === undefined ? plan : { ...plan, proposal: 'p'.repeat(characters) };
      const before = await titled(options.name);
      const fits = (value: unknown): string | undefined =>
        typeof value === 'string' && value.length <= (limit ?? 0) ? undefined : `it must be a text of at most ${limit} characters`;
      const answer = await reviewGate({ ...options, ...(limit !== undefined && { validate: fits }) });
      return { ...answer, titles: [before, await titled(`${options.name} ${answer.decision}`)] };
    }),
  );
}

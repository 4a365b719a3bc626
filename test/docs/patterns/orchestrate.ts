import { orchestrate, type PlanRequest, type Subtask } from '../../../workflows/patterns/orchestrate';

interface Team {
  readonly planner: (request: PlanRequest<string>) => Promise<readonly Subtask[]>;
  readonly worker: (subtask: Subtask, material: readonly string[]) => Promise<string>;
  readonly writer: (texts: readonly string[]) => Promise<string>;
}

export async function solve({ planner, worker, writer }: Team) {
  const { output, plans, missing } = await orchestrate<string, string>(
    {
      plan: planner,
      work: (subtask, needed) =>
        worker(
          subtask,
          needed.map(({ output: text }) => text),
        ),
      synthesise: ({ done }) => writer(done.map(({ output: text }) => text)),
    },
    { workers: ['search', 'analyse'], maxSubtasks: 6, concurrency: 3 },
  );
  return { answer: output, plans: plans.length, missing: missing.map(({ subtask }) => subtask.id) };
}

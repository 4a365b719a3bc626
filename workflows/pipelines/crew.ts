import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../../common/prompt-parts';
import { crew as runCrew, type CrewManager, type CrewMaterial } from '../patterns/crew';
import { agents, callRole } from '../run/agents';
import { degrade, optional } from '../run/degrade';
import { stage } from '../run/stage';

type Input = PipelineInput<'crew'>;
type Task = Input['tasks'][number];
type Member = Input['members'][number];

/**
 * Crew.
 *
 *   task → member, or crewManager → member → crewReviewer → … → next task
 */
export async function crew(input: Input): Promise<PipelineResult<'crew'>> {
  const { members, tasks, process, revisions } = input;
  const { output, tasks: outcomes } = await runCrew<Task, string>(
    { members: members.map(({ name }) => name), tasks },
    (task, name, material) => {
      const member = members.find((one) => one.name === name) as Member; // one of the names handed in above
      return stage(task.name, () => work(input.topic, { task, member }, material));
    },
    { revisions, ...(process === 'managed' && { manager: managerOf(input) }) },
  );
  for (const { task, accepted } of outcomes) {
    if (accepted === false) degrade(`task/${task}`, 'the manager did not accept it', 'its last output');
  }
  const shown = outcomes.map(({ output: text, sentBack, ...rest }) => ({
    ...rest,
    text,
    sentBack: sentBack.map(({ output: refused, feedback }) => ({ text: refused, feedback })),
  }));
  return { text: output, tasks: shown };
}

async function work(topic: string, { task, member }: { task: Task; member: Member }, material: CrewMaterial<string>): Promise<string> {
  const { name, role, goal, backstory, tier = 'balanced' } = member;
  const { context, sentBack } = material;
  const system = promptOf(`You are ${name}, ${role}. Your goal: ${goal}`, backstory, MATERIAL_RULE);
  const { text } = await callRole({
    role: { name: `${name}: ${task.name}`.slice(0, 100), system, tier, maxTokens: task.max_tokens },
    prompt: promptOf(
      tag('topic', topic),
      context.length === 0 ? undefined : jsonTag('context', context),
      sentBack === null ? undefined : tag('your_last_output', sentBack.output),
      sentBack === null ? undefined : tag('feedback', sentBack.feedback),
      `Your task: ${task.description}`,
      `Expected output: ${task.expected}`,
      sentBack === null ? undefined : 'Hand in the whole output again, with what the feedback names put right.',
    ),
  });
  return text;
}

/** Without a manager's word work goes on: the first member takes the task, and an output that nobody looked at counts. */
function managerOf({ topic, members }: Input): CrewManager<Task, string> {
  const known = members.map(({ name, role, goal }) => ({ name, role, goal }));
  return {
    assign: ({ name, description, expected }) =>
      stage(name, () =>
        optional(
          'crewManager',
          async () => (await agents.crewManager({ topic, task: { description, expected }, members: known })).member,
          () => ({ value: '', instead: 'the first member' }),
        ),
      ),
    accept: ({ name, description, expected }, output) =>
      stage(name, () =>
        optional(
          'crewReviewer',
          () => agents.crewReviewer({ topic, description, expected, output }),
          () => ({ value: { accepted: true, feedback: '' }, instead: 'the output as it is' }),
        ),
      ),
  };
}

import { agents as registry } from '../../../agents';
import type { AgentDefinition } from '../../../agents/define-agent';
import { TroupeError } from '../../troupe-error';
import { elapsed, tokens } from '../amounts';
import { renderColumns } from '../columns';
import { describeSchema, jsonSchemaOf } from '../describe-schema';
import { ExitCode } from '../exit-codes';
import { out, print, printJson } from '../output';
import { wrapText } from '../wrap-text';

/** What is data in a definition; its prompt is code. */
function dataOf({ name, description, tier, maxTokens, effort, system, startToCloseMs, scheduleToCloseMs, input, output }: AgentDefinition) {
  const schemas = { input: jsonSchemaOf(input, 'input'), output: jsonSchemaOf(output, 'output') };
  return { name, description, tier, maxTokens, effort, startToCloseMs, scheduleToCloseMs, system, ...schemas };
}

function describeOne(agent: AgentDefinition): string {
  const { bold, dim } = out.colors;
  const fields = (schema: AgentDefinition['input'], io: 'input' | 'output'): string =>
    renderColumns(
      [{ title: 'field' }, { title: 'type' }, { title: 'meaning' }],
      describeSchema(schema, io).map((field) => [field.name, field.type, field.description]),
      { bold: dim, ...out.within() },
    );
  const limits = `${agent.tier} tier · ${tokens(agent.maxTokens)} tokens · ${elapsed(agent.startToCloseMs)} an attempt, ${elapsed(agent.scheduleToCloseMs)} in all`;
  const system = wrapText(agent.system, out.width());
  return [
    bold(agent.name),
    agent.description,
    limits,
    '',
    dim('system prompt'),
    system,
    '',
    dim('gets'),
    fields(agent.input, 'input'),
    '',
    dim('gives'),
    fields(agent.output, 'output'),
  ].join('\n');
}

/** `troupe agents [name]`: who works here, or all about one. */
export function agents(name: string | undefined, flags: { readonly json?: true }): number {
  const all: readonly AgentDefinition[] = Object.values(registry) as unknown as AgentDefinition[]; // each is one; its prompt takes its own input
  if (name === undefined) {
    const rows = all.map((agent) => [agent.name, agent.tier, tokens(agent.maxTokens), agent.description]);
    const columns = [{ title: 'agent' }, { title: 'tier' }, { title: 'tokens', align: 'right' as const }, { title: 'does' }];
    if (flags.json === true)
      printJson(all.map(({ name: agent, description, tier, maxTokens }) => ({ name: agent, description, tier, maxTokens })));
    else print(renderColumns(columns, rows, { bold: out.colors.dim, ...out.within() }));
    return ExitCode.done;
  }
  const agent = all.find((known) => known.name === name);
  if (agent === undefined) {
    const names = all.map((known) => known.name).join(', ');
    throw new TroupeError('invalid-input', `Cannot show "${name}": no such agent; choose one of ${names}`);
  }
  if (flags.json === true) printJson(dataOf(agent));
  else print(describeOne(agent));
  return ExitCode.done;
}

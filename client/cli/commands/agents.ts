import { agents as registry } from '../../../agents';
import { DEFAULT_SERVER_TOOL_USES, type AgentDefinition, type ServerToolOptions } from '../../../agents/define-agent';
import { TroupeError } from '../../../common/troupe-error';
import { elapsed } from '../../../common/duration';
import { tokens } from '../amounts';
import { renderColumns } from '../columns';
import { describeSchema, jsonSchemaOf } from '../describe-schema';
import { ExitCode } from '../exit-codes';
import { out, print, printJson } from '../output';
import { wrapText } from '../wrap-text';

/** What is data in a definition; its prompt is code. */
function dataOf({ input, output, prompt: _code, ...data }: AgentDefinition) {
  return { ...data, input: jsonSchemaOf(input, 'input'), output: jsonSchemaOf(output, 'output') };
}

/** What it may call by itself, ours and Claude's. */
function toolsOf({ tools = [], serverTools = [] }: AgentDefinition): string {
  const uses = serverTools.map((entry): ServerToolOptions => (typeof entry === 'string' ? { name: entry } : entry));
  const own = uses.map(({ name, maxUses = DEFAULT_SERVER_TOOL_USES }) => `${name} (up to ${maxUses} times a turn)`);
  return [...tools, ...own].join(', ');
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
  const tools = toolsOf(agent);
  const system = wrapText(agent.system, out.width());
  return [
    bold(agent.name),
    agent.description,
    limits,
    ...(tools === '' ? [] : [`tools: ${tools}`]),
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

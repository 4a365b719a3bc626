import type Anthropic from '@anthropic-ai/sdk';

import { promptOf, TOOL_RULE } from '../agents/prompt-parts';
import {
  assistantMessage,
  conversationHead,
  conversationRequest,
  resultsMessage,
  toolUsesOf,
  type ConversationHead,
} from '../claude/conversation';
import type { RenderedRequest } from '../claude/request';
import { surplusBytes } from '../claude/web-results';
import { MAX_INLINE_BYTES, type ConversationContext, type ToolRequest, type ToolResult, type TurnOutput } from '../common/conversation';
import { failure, FailureType } from '../common/failures';
import { getBlob, putBlob } from '../storage/blobs';
import { beginTranscript, extendTranscript, loadTranscript, type Transcript } from '../storage/transcripts';
import { parseAgentInput, templateOf, type RenderedCall } from './callable-agent';
import type { ActivityDeps, AnyAgent } from './deps';
import { fitOutput } from './large-output';
import { offersOf } from './tools/offers';

type Conversation = Transcript<ConversationHead, Anthropic.MessageParam>;

/** Renders a model turn of an agent that has tools: its first one from the input, any other one from what was said so far. */
export async function renderTurn(
  deps: ActivityDeps,
  agent: AnyAgent,
  { input, conversation }: { readonly input: unknown; readonly conversation: ConversationContext },
): Promise<RenderedCall> {
  const { transcript: key, results = [] } = conversation;
  let said = key === undefined ? await begin(deps, agent, input) : await goOn(deps, key, results);
  const request = conversationRequest(said.head, said.messages, said.key);
  const rebase = async (answered: string, current: RenderedRequest): Promise<RenderedRequest> => {
    if (answered === said.key) return current;
    const added = current.params.messages.slice(said.messages.length);
    said = await load(deps, answered);
    return conversationRequest(said.head, [...said.messages, ...added], said.key);
  };
  const turn: TurnOfConversation = { rebase, finish: (accepted: AcceptedTurn) => finish(deps, said, accepted) };
  return { agent: agent.name, request, output: agent.output, conversation: turn };
}

/** How a model turn goes on from an answer. */
export interface TurnOfConversation {
  /**
   * Goes on from what an answer of the journal was given to. An earlier attempt may have rendered the first turn with another
   * prompt, and thinking is bound to the very words that came before it.
   */
  readonly rebase: (transcript: string, request: RenderedRequest) => Promise<RenderedRequest>;
  /** Makes the call's output of the turn that was accepted. */
  readonly finish: (accepted: AcceptedTurn) => Promise<TurnOutput>;
}

/** Fixes model, system prompt, tools and output format for the whole conversation, whatever a later release says. */
async function begin(deps: ActivityDeps, agent: AnyAgent, input: unknown): Promise<Conversation> {
  // Parsed by this agent's own schema, so it is what its prompt takes.
  const prompt = agent.prompt(parseAgentInput(agent.name, agent.input, input) as never);
  const template = templateOf(agent, deps.models, promptOf(agent.system, TOOL_RULE));
  const head = conversationHead(agent.name, template, await offersOf(deps, agent));
  return beginTranscript(deps.store, head, [{ role: 'user', content: prompt }]);
}

async function goOn(deps: ActivityDeps, key: string, results: readonly ToolResult[]): Promise<Conversation> {
  const said = await load(deps, key);
  if (results.length === 0) return said;
  const whole = await Promise.all(results.map(async (result) => ({ ...result, text: await textOfResult(deps, result) })));
  return extendTranscript(deps.store, said, [resultsMessage(whole)]);
}

async function load({ store }: ActivityDeps, key: string): Promise<Conversation> {
  const said = await loadTranscript<ConversationHead, Anthropic.MessageParam>(store, key);
  if (said === undefined) throw lost(`transcript "${key}"`);
  return said;
}

async function textOfResult({ store }: ActivityDeps, { reply, note }: ToolResult): Promise<string> {
  const text = 'text' in reply ? reply.text : await getBlob(store, reply.ref);
  if (typeof text !== 'string') throw lost('the result of a tool');
  return promptOf(note, text === '' ? 'Done; there is nothing to show.' : text);
}

/** What a model turn ended with, once it is accepted. */
export interface AcceptedTurn {
  /** The request that was answered: repairs and pauses may have made it longer than the rendered one. */
  readonly request: RenderedRequest;
  readonly message: Anthropic.Message;
  /** Undefined when Claude calls tools. */
  readonly output: unknown;
}

async function finish({ store }: ActivityDeps, said: Conversation, { request, message, output }: AcceptedTurn): Promise<TurnOutput> {
  const answer = assistantMessage(message);
  const added = [...request.params.messages.slice(said.messages.length), answer];
  const { key: transcript } = await extendTranscript(store, said, added);
  const promptBytes = request.inputBytes + Buffer.byteLength(JSON.stringify(message.content)) - surplusBytes([answer]);
  if (output !== undefined) return { kind: 'answered', output: await fitOutput(store, output), transcript, promptBytes };
  const calls = await Promise.all(toolUsesOf(message).map((block) => toolRequest(store, said.head, block)));
  return { kind: 'tools', calls, transcript, promptBytes };
}

async function toolRequest(store: ActivityDeps['store'], head: ConversationHead, block: Anthropic.ToolUseBlock): Promise<ToolRequest> {
  const { id, name, input } = block;
  const offer = head.tools.find((tool) => tool.name === name);
  const { kind = 'unknown', approval = 'never' } = offer ?? {};
  // An agent's input goes into history with its call anyway.
  const inline = kind === 'agent' || Buffer.byteLength(JSON.stringify(input) ?? 'null') <= MAX_INLINE_BYTES;
  return { id, name, kind, approval, ...(inline ? { input } : { input: null, inputRef: await putBlob(store, input) }) };
}

function lost(what: string): Error {
  return failure({
    type: FailureType.Internal,
    message: `Cannot go on with the conversation: the store no longer has ${what}; restore the store`,
  });
}

import type { SimulatedModel } from './models';
import { endsInPause, webBlocksProblem } from './web/validate-web';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const ROLES = ['user', 'assistant', 'system'];
const MAX_MESSAGES = 100_000;

const blocksOf = (message: Fields): readonly Fields[] => (Array.isArray(message['content']) ? (message['content'] as Fields[]) : []);

/** The first thing wrong with a conversation, in Claude's words. */
export function messagesProblem(messages: unknown, model: SimulatedModel): string | undefined {
  if (!Array.isArray(messages)) return 'messages: Input should be a valid list';
  if (messages.length === 0) return 'messages: at least one message is required';
  if (messages.length > MAX_MESSAGES) return `messages: at most ${MAX_MESSAGES} messages are allowed`;
  for (const [at, message] of messages.entries()) {
    const problem = messageProblem(message, at);
    if (problem !== undefined) return problem;
  }
  const conversation = messages as Fields[];
  if (conversation[0]?.['role'] === 'system') return 'messages: first message must not use the "system" role';
  const last = conversation.at(-1);
  if (last?.['role'] === 'assistant' && !model.prefill && !endsInPause(last)) {
    return 'messages: This model does not support assistant message prefill. The conversation must end with a user message.';
  }
  return toolResultsProblem(conversation) ?? webBlocksProblem(conversation);
}

function messageProblem(message: unknown, at: number): string | undefined {
  if (!isFields(message)) return `messages.${at}: Input should be a valid dictionary`;
  const { role, content } = message as { role?: unknown; content?: unknown };
  if (!ROLES.includes(String(role))) return `messages.${at}.role: Input should be 'user', 'assistant' or 'system'`;
  if (content === undefined) return `messages.${at}.content: Field required`;
  if (typeof content === 'string')
    return content.trim() === '' && role === 'user' ? `messages.${at}: user messages must have non-empty content` : undefined;
  if (!Array.isArray(content)) return `messages.${at}.content: Input should be a valid string or list`;
  for (const [place, block] of content.entries()) {
    const where = `messages.${at}.content.${place}`;
    if (!isFields(block) || typeof block['type'] !== 'string') return `${where}.type: Field required`;
    if (block['type'] === 'text' && typeof block['text'] !== 'string') return `${where}.text.text: Field required`;
    if (block['type'] === 'text' && block['text'] === '') return 'messages: text content blocks must be non-empty';
    const cites = Array.isArray(block['citations']) && block['citations'].length > 0;
    if (role === 'user' && block['type'] === 'text' && cites) return `${where}.text.citations: Extra inputs are not permitted`;
    if (role === 'assistant' && block['type'] === 'document') return `${where}: document blocks are not allowed in assistant turns`;
  }
  return undefined;
}

/** Every `tool_use` must be answered in the message right after it, and nothing else may be answered. */
function toolResultsProblem(messages: readonly Fields[]): string | undefined {
  for (const [at, message] of messages.entries()) {
    const asked =
      message['role'] === 'assistant'
        ? blocksOf(message)
            .filter((block) => block['type'] === 'tool_use')
            .map((block) => block['id'])
        : [];
    const following = messages[at + 1];
    const answered = following ? resultIds(following) : [];
    const open = asked.filter((id) => !answered.includes(id));
    if (open.length > 0) {
      return (
        `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. ` +
        'Each `tool_use` block must have a corresponding `tool_result` block in the next message.'
      );
    }
    const stray = resultIds(message).find((id) => !askedBefore(messages[at - 1]).includes(id));
    if (stray !== undefined) return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${JSON.stringify(stray)}`;
  }
  return undefined;
}

const resultIds = (message: Fields): unknown[] =>
  blocksOf(message)
    .filter((block) => block['type'] === 'tool_result')
    .map((block) => block['tool_use_id']);

const askedBefore = (message: Fields | undefined): unknown[] =>
  message === undefined
    ? []
    : blocksOf(message)
        .filter((block) => block['type'] === 'tool_use')
        .map((block) => block['id']);

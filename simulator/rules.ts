import type { MessagesRequest, RequestBlock, StopDetails, StopReason } from './wire';

/** When a scripted answer is given; all conditions present must hold. */
export interface RuleMatch {
  /** Regular expression on the system prompt. */
  readonly system?: string;
  /** Regular expression on the text of the last message. */
  readonly user?: string;
  readonly model?: string;
  /** Value of `x-troupe-agent`. */
  readonly agent?: string;
  /** Name of a tool that the request offers. */
  readonly tool?: string;
  /** Only while the conversation has fewer results of tools than this. */
  readonly resultsBelow?: number;
  /** Only the nth request that the other conditions match, from 1. */
  readonly nth?: number;
}

/** A scripted answer. Give `json`, `text` or `toolUse`; `text` and `toolUse` may stand together. */
export interface RuleReply {
  /** One text block, or one for each of a list. */
  readonly text?: string | readonly string[];
  readonly json?: unknown;
  readonly toolUse?: ReadonlyArray<{ readonly name: string; readonly input: unknown }>;
  /** Results of one search that goes before the answer, if the request offers web search. @default no search */
  readonly pages?: ReadonlyArray<{ readonly url: string; readonly title: string }>;
  /** @default tool_use with tools, end_turn otherwise */
  readonly stopReason?: StopReason;
  readonly stopDetails?: StopDetails;
}

export interface AnswerRule {
  readonly match?: RuleMatch;
  readonly reply: RuleReply;
}

export interface RuleBook {
  /** @throws SyntaxError when a regular expression is not valid; the old rules stay. */
  set(rules: readonly AnswerRule[]): void;
  rules(): readonly AnswerRule[];
  choose(request: MessagesRequest, agent: string | null): RuleReply | undefined;
}

const textOf = (content: string | readonly RequestBlock[]): string =>
  typeof content === 'string'
    ? content
    : content.map((block) => (block.type === 'tool_result' ? textOf(block.content ?? '') : (block.text ?? ''))).join('\n');

export function systemText(request: MessagesRequest): string {
  return request.system === undefined ? '' : textOf(request.system);
}

/** Text of all messages of the user, oldest first. */
export function userText(request: MessagesRequest): string {
  return request.messages
    .filter((message) => message.role === 'user')
    .map((message) => textOf(message.content))
    .join('\n\n');
}

export function lastText(request: MessagesRequest): string {
  const last = request.messages.at(-1);
  return last === undefined ? '' : textOf(last.content);
}

function resultCount(request: MessagesRequest): number {
  return request.messages.reduce(
    (sum, { content }) => sum + (typeof content === 'string' ? 0 : content.filter(({ type }) => type === 'tool_result').length),
    0,
  );
}

/** Scripted answers; the first rule that matches is taken. */
export function createRuleBook(initial: readonly AnswerRule[]): RuleBook {
  let book: Array<{ rule: AnswerRule; system: RegExp | undefined; user: RegExp | undefined; seen: number }> = [];
  const compile = (pattern: string | undefined): RegExp | undefined => (pattern === undefined ? undefined : new RegExp(pattern, 'i'));
  const set = (rules: readonly AnswerRule[]): void => {
    book = rules.map((rule) => ({ rule, system: compile(rule.match?.system), user: compile(rule.match?.user), seen: 0 }));
  };
  set(initial);
  return {
    set,
    rules: () => book.map(({ rule }) => rule),
    choose: (request, agent) => {
      for (const entry of book) {
        const match = entry.rule.match ?? {};
        if (entry.system && !entry.system.test(systemText(request))) continue;
        if (entry.user && !entry.user.test(lastText(request))) continue;
        if (match.model !== undefined && match.model !== request.model) continue;
        if (match.agent !== undefined && match.agent !== agent) continue;
        if (match.tool !== undefined && !request.tools?.some((tool) => tool.name === match.tool)) continue;
        if (match.resultsBelow !== undefined && resultCount(request) >= match.resultsBelow) continue;
        entry.seen += 1;
        if (match.nth === undefined || match.nth === entry.seen) return entry.rule.reply;
      }
      return undefined;
    },
  };
}

import { offerAnswer } from '../claude/content-index';
import type { JournaledAnswer } from '../claude/journal-state';
import { continueTurn, repairTurn } from '../claude/repair';
import type { RenderedRequest } from '../claude/request';
import { judge, type Verdict } from '../claude/structured-output';
import { foundUrls, unknownSources } from '../claude/web-results';
import type { AnsweredCall } from '../common/call';
import { FailureType } from '../common/failures';
import { answerTurn, type Underfunded } from './ask-claude';
import type { Queued } from './batch/queue-turn';
import { rejectedFailure } from './call-failures';
import { fitOutput } from './large-output';
import type { OpenCall } from './open-call';

/** Rejected answers that get another chance. */
export const MAX_REPAIRS = 2;
/** Times that Claude may interrupt itself within one call. */
export const MAX_PAUSES = 8;

/** What has come of a call, before its spend is read. */
export type Conversation = Omit<AnsweredCall, 'spend'> | Underfunded | Queued;

/** Model turns until an answer is accepted, the grant is too small or nothing helps. */
export async function converse(call: OpenCall): Promise<Conversation> {
  const answers: JournaledAnswer[] = [];
  const { conversation } = call.rendered;
  let request = call.rendered.request;
  let [repairs, pauses] = [0, 0];
  for (;;) {
    const found = await answerTurn(call, request);
    if ('kind' in found) return found;
    // The journal of a conversation does not repeat what was said before; the transcript has it.
    if (found.request.transcript !== undefined) request = (await conversation?.rebase(found.request.transcript, request)) ?? request;
    const answer = conversation === undefined ? found : { ...found, request: request.params };
    answers.push(answer);
    const verdict = withKnownSources(judge(answer.message, call.rendered.output, conversation !== undefined), request, answer.message);
    switch (verdict.kind) {
      case 'accepted':
      case 'tools': {
        const output = verdict.kind === 'tools' ? undefined : verdict.output;
        const turn = { request, message: answer.message, output };
        return accept(call, answers, conversation === undefined ? output : await conversation.finish(turn));
      }
      case 'paused':
        pauses += 1;
        if (pauses > MAX_PAUSES) throw fail(call, answer, { kind: 'unexpected', reasons: [`Claude paused ${pauses} times`] });
        request = continueTurn(answer);
        break;
      case 'rejected':
        await call.journal.reject(answer, verdict.reasons);
        repairs += 1;
        request = repair(call, answer, { verdict, exhausted: repairs > MAX_REPAIRS });
        break;
      default:
        await call.journal.reject(answer, verdict.reasons);
        throw fail(call, answer, verdict);
    }
    call.turn += 1;
  }
}

/** An agent that may search is held to what it has found: a page that it names and never saw is sent back to be corrected. */
function withKnownSources(verdict: Verdict, { params, serverTools }: RenderedRequest, message: JournaledAnswer['message']): Verdict {
  if (verdict.kind !== 'accepted' || serverTools === undefined) return verdict;
  const reasons = unknownSources(verdict.output, foundUrls([...params.messages, message]));
  return reasons.length === 0 ? verdict : { kind: 'rejected', truncated: false, reasons };
}

type Rejected = Extract<Verdict, { kind: 'rejected' }>;

function repair(
  call: OpenCall,
  answer: JournaledAnswer,
  { verdict, exhausted }: { verdict: Rejected; exhausted: boolean },
): RenderedRequest {
  const next = exhausted ? undefined : repairTurn(answer, verdict, call.deps.models.byId(answer.request.model));
  if (next !== undefined) return next;
  const advice = verdict.truncated ? 'raise maxTokens of the agent' : `it was asked ${MAX_REPAIRS + 1} times; see the kept answer`;
  throw rejectedFailure(call, FailureType.OutputRejected, { answer, reasons: verdict.reasons, advice });
}

type Final = Extract<Verdict, { kind: 'refused' | 'windowExceeded' | 'unexpected' }>;

function fail(call: OpenCall, answer: JournaledAnswer, { kind, reasons }: Final): Error {
  switch (kind) {
    case 'refused':
      return rejectedFailure(call, FailureType.Refused, { answer, reasons, advice: 'change the input or the agent' });
    case 'windowExceeded':
      return rejectedFailure(call, FailureType.ContextWindowExceeded, { answer, reasons, advice: 'give the agent a shorter input' });
    case 'unexpected':
      return rejectedFailure(call, FailureType.OutputRejected, { answer, reasons, advice: 'see the kept answer' });
  }
}

async function accept(call: OpenCall, answers: readonly JournaledAnswer[], output: unknown): Promise<Omit<AnsweredCall, 'spend'>> {
  const { deps, context } = call;
  deps.failpoints.hit('after-checks');
  const own = answers.filter((answer) => !answer.reused);
  for (const { requestHash, key } of own)
    await offerAnswer(deps.store, { requestHash, sample: context.sample ?? 0, simulated: context.simulated }, key);
  const fitted = await fitOutput(deps.store, output);
  // There is a last answer: this one was accepted.
  const last = answers.at(-1) as JournaledAnswer;
  return {
    kind: 'answered',
    output: fitted,
    model: last.message.model,
    requestId: last.requestId,
    turns: answers.length,
    reused: own.length === 0,
  };
}

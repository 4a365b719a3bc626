import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { route } from '../patterns/route';
import { agents } from '../run/agents';
import { degrade, optional } from '../run/degrade';
import { reviewGate } from '../run/gates';
import { recordRoute } from '../run/route-attribute';
import { stage } from '../run/stage';
import { lookUp } from './catalog';
import { collectFacts, tracedIn, type CustomerFacts } from './customer-facts';

type Input = PipelineInput<'customerQuery'>;
type Result = PipelineResult<'customerQuery'>;
type Adviser = typeof agents.productAdviser;
type Decided = Pick<Result, 'status' | 'answer' | 'answeredBy'>;

const MOST_CANDIDATES = 12;
const STAND_INS = 3;
const MOST_CHARACTERS = 4_000;
const HOLDING_REPLY = 'Thank you for your question. A colleague will look into it and answer you in person.';

/**
 * Customer query.
 *
 *   queryClassifier → (productSpecialist ∥ pricingSpecialist) → productAdviser ─┐             ┌─→ answer
 *                                                             → pricingAdviser ─┼─ figures ok?┤
 *                                                             → careAdviser ────┘             └─→ once more → a person
 *   low confidence, or a class without a specialist ────────────────────────────────────────────────────────→ a person
 */
export async function customerQuery(input: Input): Promise<Result> {
  const { query, minConfidence } = input;
  const { output, decision } = await route(
    {
      classify: () =>
        stage('intent', async () => {
          const { intent: choice, confidence } = await agents.queryClassifier({ query });
          return { choice, confidence };
        }),
      specialists: {
        product: () => respond(input, agents.productAdviser),
        pricing: () => respond(input, agents.pricingAdviser),
        care: () => respond(input, agents.careAdviser),
        person: ({ why }) => respond(input, agents.careAdviser, why),
      },
      fallback: 'person',
    },
    {
      minConfidence,
      ifClassifierFails: 'fallback',
      onRouted: ({ route: choice, confidence, error }) => {
        recordRoute(choice, confidence);
        if (error !== undefined) degrade('queryClassifier', error, 'a person');
      },
    },
  );
  const { route: choice, why, classified, confidence } = decision;
  return { ...output, routing: { route: choice, why, classified, confidence } };
}

/** An answer whose figures are all in the data goes out, unless there was a doubt from the start; any other goes to a person. */
async function respond(input: Input, adviser: Adviser, doubt?: string): Promise<Omit<Result, 'routing'>> {
  const facts = await lookUpAndPrice(input);
  const { draft, untraced } = await stage('answer', () => write(input, { facts, adviser }));
  const doubts = [
    ...(doubt === undefined ? [] : [doubt]),
    ...(untraced.length === 0 ? [] : [`figures that are not in the catalog: ${untraced.join(', ')}`]),
  ];
  const decided: Decided =
    doubts.length === 0
      ? { status: 'answered', answer: draft, answeredBy: 'agent' }
      : await stage('review', () => askPerson(input, draft, doubts.join('; ')));
  const { traced: figures, untraced: passed } = tracedIn(decided.answer ?? '', facts);
  const { lines, total } = facts.quote;
  return {
    ...decided,
    products: [...facts.products],
    quote: { currency: input.currency, lines: [...lines], total },
    figures: [...figures],
    untraced: [...passed],
  };
}

/** Code finds the candidates and does the arithmetic; the two specialists say which of them the question means. */
async function lookUpAndPrice(input: Input): Promise<CustomerFacts> {
  const { query, catalog } = input;
  const found = lookUp(query, catalog, MOST_CANDIDATES);
  const candidates = found.length > 0 ? found : catalog.slice(0, MOST_CANDIDATES);
  const { shown: products } = collectFacts(input, { candidates, picks: candidates.map(({ id }) => ({ id, why: '' })), requests: [] });
  const standIns = found.slice(0, STAND_INS);
  const [picks, requests] = await stage('lookup and pricing', () =>
    Promise.all([
      optional(
        'productSpecialist',
        async () => (await agents.productSpecialist({ query, products })).picks,
        () => ({
          value: standIns.map(({ id }) => ({ id, why: 'shares words with the question' })),
          instead: 'products that share words with the question',
        }),
      ),
      optional(
        'pricingSpecialist',
        async () => (await agents.pricingSpecialist({ query, products })).lines,
        () => ({ value: standIns.map(({ id }) => ({ id, quantity: 1 })), instead: 'the price of one of each' }),
      ),
    ]),
  );
  return collectFacts(input, { candidates, picks, requests });
}

interface Draft {
  readonly draft: string;
  readonly untraced: readonly string[];
}

/** Figures that are not in the data are sent back once. */
async function write({ query }: Input, { facts, adviser }: { facts: CustomerFacts; adviser: Adviser }): Promise<Draft> {
  const asked = { query, products: [...facts.shown], quote: facts.shownQuote };
  const { answer: first } = await adviser(asked);
  const { untraced } = tracedIn(first, facts);
  if (untraced.length === 0) return { draft: first, untraced };
  const problems = untraced.map((figure) => `"${figure}" is not in the data`);
  const { answer: second } = await adviser({ ...asked, problems });
  return { draft: second, untraced: tracedIn(second, facts).untraced };
}

async function askPerson({ query, reviewDeadlineMs }: Input, proposal: string, doubt: string): Promise<Decided> {
  const asked = query.length > 80 ? `${query.slice(0, 79)}…` : query;
  const { decision, value, byDeadline } = await reviewGate({
    name: 'answer',
    title: `Send this answer to "${asked.replaceAll(/\s+/g, ' ')}"? In doubt: ${doubt}`,
    proposal,
    validate: (text) =>
      typeof text === 'string' && text.trim() !== '' && text.length <= MOST_CHARACTERS
        ? undefined
        : `the answer must be a text of 1 to ${MOST_CHARACTERS} characters`,
    deadlineMs: reviewDeadlineMs,
    remindAfterMs: Math.ceil(reviewDeadlineMs / 2),
    onDeadline: { edit: HOLDING_REPLY },
  });
  if (byDeadline) return { status: 'held', answer: value, answeredBy: 'nobody' };
  if (decision === 'reject') return { status: 'rejected', answer: null, answeredBy: 'person' };
  return { status: 'answered', answer: value, answeredBy: 'person' };
}

import { progressQuery, reviewUpdate } from '../../common/messages';
import type { ReviewCommand } from '../../common/review';
import { TroupeRoute } from '../../common/search-attributes';
import type { AnswerRule } from '../../simulator/rules';
import type { RigRun } from '../helpers/rig';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

const input = {
  query: 'How much are three blue cups and a kettle?',
  catalog: [
    { id: 'cup-3', name: 'Blue cup', description: 'Holds 250 ml', price: 7.35 },
    { id: 'kettle-1', name: 'Gooseneck kettle', price: 49.9 },
    { id: 'grinder-2', name: 'Burr grinder', price: 129 },
  ],
};

type Run = RigRun<'customerQuery'>;

const json = (agent: string, value: unknown, nth?: number): AnswerRule => ({
  match: { agent, ...(nth !== undefined && { nth }) },
  reply: { json: value },
});
const intent = (choice: string, confidence = 0.9): AnswerRule => json('queryClassifier', { intent: choice, confidence });
const picked = json('productSpecialist', {
  picks: [
    { id: 'cup-3', why: 'blue' },
    { id: 'nosuch', why: '?' },
    { id: 'cup-3', why: 'again' },
  ],
});
const priced = json('pricingSpecialist', {
  lines: [
    { id: 'cup-3', quantity: 3 },
    { id: 'kettle-1', quantity: 40 },
    { id: 'nosuch', quantity: 1 },
  ],
});
const right = 'Three cups come to $22.05 at $7.35 each, the kettle is $49.90; together that makes $71.95. A cup holds 250 ml.';
const wrong = 'With your 10% discount that makes $64.76.';

describe('customerQuery', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
  });

  const waiting = (run: Run): Promise<void> => until(async () => (await run.handle.query(progressQuery)).status === 'waiting');
  const review = (run: Run, command: Omit<ReviewCommand, 'gate'>) =>
    run.handle.executeUpdate(reviewUpdate, { args: [{ gate: 'answer', ...command }] });

  it('prices in code, takes no id and no quantity that the specialists made up, and traces every figure', async () => {
    rig.simulator.setRules([intent('pricing'), picked, priced, json('pricingAdviser', { answer: right })]);
    const run = await rig.start('customerQuery', input);
    const { result, degraded, reviews } = await run.outcome();
    expect(result).toMatchObject({ status: 'answered', answer: right, answeredBy: 'agent', untraced: [] });
    expect(result.routing).toEqual({ route: 'pricing', why: 'chosen', classified: 'pricing', confidence: 0.9 });
    expect(result.products).toEqual([{ id: 'cup-3', name: 'Blue cup', why: 'blue' }]);
    expect(result.quote).toEqual({
      currency: 'USD',
      lines: [
        { id: 'cup-3', name: 'Blue cup', quantity: 3, unitPrice: 7.35, total: 22.05 },
        { id: 'kettle-1', name: 'Gooseneck kettle', quantity: 1, unitPrice: 49.9, total: 49.9 },
      ],
      total: 71.95,
    });
    expect(result.figures).toEqual([
      { figure: '$22.05', source: 'quote cup-3: total' },
      { figure: '$7.35', source: 'catalog cup-3: price' },
      { figure: '$49.90', source: 'catalog kettle-1: price' },
      { figure: '$71.95', source: 'quote: total' },
      { figure: '250', source: 'catalog cup-3: description' },
    ]);
    expect([degraded, reviews]).toEqual([[], undefined]);
    expect((await run.handle.describe()).typedSearchAttributes.get(TroupeRoute)).toBe('pricing');
  });

  it('looks up and prices at the same time', async () => {
    rig.simulator.setFaults(['productSpecialist', 'pricingSpecialist'].map((agent) => ({ kind: 'hold', agent })));
    rig.simulator.setRules([intent('product'), json('productAdviser', { answer: 'The blue cup suits you best.' })]);
    const run = await rig.start('customerQuery', input);
    await run.held('productSpecialist', 'pricingSpecialist');
    rig.simulator.setFaults([]);
    await expect(run.outcome()).resolves.toMatchObject({ result: { status: 'answered' } });
  });

  it('sends an answer with figures from nowhere back once, and says which', async () => {
    rig.simulator.setRules([
      intent('pricing'),
      picked,
      priced,
      { match: { agent: 'pricingAdviser', user: 'problems_of_your_last_reply[^]*"10%[^]*\\$64\\.76' }, reply: { json: { answer: right } } },
      json('pricingAdviser', { answer: wrong }),
    ]);
    const run = await rig.start('customerQuery', input);
    const { result } = await run.outcome();
    expect(result).toMatchObject({ status: 'answered', answeredBy: 'agent', answer: right });
    expect(run.bill().filter(({ agent }) => agent === 'pricingAdviser')).toHaveLength(2);
  });

  it('puts an answer that is wrong twice before a person, who sees the figures and may edit it', async () => {
    rig.simulator.setRules([intent('pricing'), picked, priced, json('pricingAdviser', { answer: wrong })]);
    const run = await rig.start('customerQuery', input);
    await waiting(run);
    const [open] = (await run.handle.query(progressQuery)).reviews ?? [];
    expect(open).toMatchObject({ name: 'answer', preview: wrong });
    expect(open?.title).toBe(
      'Send this answer to "How much are three blue cups and a kettle?"? In doubt: figures that are not in the catalog: 10%, $64.76',
    );
    await expect(review(run, { decision: 'edit', value: ' ' })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('the answer must be a text of 1 to 4000 characters') as string },
    });
    await review(run, { decision: 'edit', value: 'For you $70.00 instead of $71.95.', by: 'Noor' });
    const { result, reviews } = await run.outcome();
    expect(result).toMatchObject({ status: 'answered', answeredBy: 'person', answer: 'For you $70.00 instead of $71.95.' });
    expect([result.figures, result.untraced]).toEqual([[{ figure: '$71.95', source: 'quote: total' }], ['$70.00']]);
    expect(reviews).toEqual([expect.objectContaining({ gate: 'answer', decision: 'edit', by: 'Noor', byDeadline: false })]);
  });

  it.each([
    ['low confidence', intent('pricing', 0.3), { why: 'low confidence', classified: 'pricing', confidence: 0.3 }],
    ['a class without a specialist', intent('other'), { why: 'unknown class', classified: 'other', confidence: 0.9 }],
  ])('%s goes to a person with a drafted answer', async (_, classified, routing) => {
    rig.simulator.setRules([classified, json('careAdviser', { answer: 'Which kettle do you mean?' })]);
    const run = await rig.start('customerQuery', input);
    await waiting(run);
    await review(run, { decision: 'approve' });
    const { result } = await run.outcome();
    expect(result).toMatchObject({ status: 'answered', answeredBy: 'person', answer: 'Which kettle do you mean?' });
    expect(result.routing).toEqual({ route: 'person', ...routing });
  });

  it('sends nothing when a person rejects the answer', async () => {
    rig.simulator.setRules([intent('other')]);
    const run = await rig.start('customerQuery', input);
    await waiting(run);
    await review(run, { decision: 'reject', reason: 'spam', by: 'Noor' });
    const { result, reviews } = await run.outcome();
    expect(result).toMatchObject({ status: 'rejected', answer: null, answeredBy: 'person', figures: [], untraced: [] });
    expect(reviews).toEqual([expect.objectContaining({ reason: 'spam' })]);
  });

  it('sends a holding reply when nobody decides in time, also when the classifier failed', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'queryClassifier' }]);
    const run = await rig.start('customerQuery', { ...input, reviewDeadlineMs: 200 });
    const { result, degraded, reviews } = await run.outcome();
    expect(result).toMatchObject({
      status: 'held',
      answeredBy: 'nobody',
      routing: { route: 'person', why: 'classifier failed', confidence: null },
    });
    expect(result.answer).toContain('A colleague will');
    expect(degraded).toEqual([expect.objectContaining({ step: 'queryClassifier', instead: 'a person' })]);
    expect(reviews).toEqual([expect.objectContaining({ byDeadline: true, by: null })]);
  });

  it('does without its specialists: products and prices come from the words of the question', async () => {
    rig.simulator.setFaults([
      { kind: 'refusal', agent: 'productSpecialist' },
      { kind: 'refusal', agent: 'pricingSpecialist' },
    ]);
    rig.simulator.setRules([intent('pricing'), json('pricingAdviser', { answer: 'A cup is $7.35 and the kettle $49.90.' })]);
    const run = await rig.start('customerQuery', input);
    const { result, degraded } = await run.outcome();
    expect(result.products.map(({ id }) => id)).toEqual(['cup-3', 'kettle-1']);
    expect(result.quote.total).toBe(57.25);
    expect(degraded.map(({ step }) => step).sort()).toEqual(['pricingSpecialist', 'productSpecialist']);
  });
});

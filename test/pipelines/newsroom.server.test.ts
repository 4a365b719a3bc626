import { progressQuery } from '../../common/messages';
import type { StepProgress } from '../../common/run';
import { TroupeRoute } from '../../common/search-attributes';
import { withRig } from './with-rig';

const input = { topic: 'Green roofs in dense cities', audience: 'city planners' };

describe('newsroom', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
  });

  it('runs research beside the outline and the fact checker beside the editor: its time is that of its critical path', async () => {
    const waves = [
      ['newsRouter'],
      ['researcher', 'researcher', 'researcher', 'newsOutliner'],
      ['newsBriefer'],
      ['newsWriter'],
      ['factChecker', 'copyEditor'],
    ];
    rig.simulator.setFaults([{ kind: 'hold' }]);
    const run = await rig.start('newsroom', input);
    for (const wave of waves) {
      await run.held(...wave);
      rig.simulator.setFaults([{ kind: 'hold' }]);
    }
    await run.outcome();
    const { steps } = await run.handle.query(progressQuery);
    expect(steps.map(({ agent }) => agent)).toEqual(waves.flat());
    const groups = [steps.slice(0, 1), steps.slice(1, 5), steps.slice(5, 6), steps.slice(6, 7), steps.slice(7)];
    for (const [at, group] of groups.slice(1).entries()) {
      expect(Math.min(...group.map(startOf))).toBeGreaterThanOrEqual(Math.max(...(groups[at] ?? []).map(endOf)));
    }
  });

  it('traces every correction in the text, and settles who prevails', async () => {
    const draft = `## Roofs\n\n${'Plants keep water back. '.repeat(12)}\n\nA green roof lasts 10 years. It costs very, very little.\n`;
    const correction = (id: string, quote: string, replacement: string) => ({ id, quote, replacement, reason: 'as the findings say' });
    rig.simulator.setRules([
      { match: { agent: 'newsWriter' }, reply: { json: { headline: 'Green roofs hold water', draft } } },
      {
        match: { agent: 'factChecker' },
        reply: { json: { corrections: [correction('f1', 'lasts 10 years', 'lasts 40 years'), correction('f2', 'never said', 'x')] } },
      },
      {
        match: { agent: 'copyEditor' },
        reply: {
          json: {
            corrections: [correction('e1', 'A green roof lasts 10 years.', 'It lasts.'), correction('e2', 'very, very little', 'little')],
          },
        },
      },
    ]);
    const run = await rig.start('newsroom', input);
    const { result } = await run.outcome();
    const trimmed = draft.trim();
    expect(result.draft.trim()).toBe(trimmed);
    expect(result.text.trim()).toBe(trimmed.replace('lasts 10 years', 'lasts 40 years').replace('very, very little', 'little'));
    expect(result.corrections.map(({ by, id, applied, notApplied }) => [by, id, applied, notApplied])).toEqual([
      ['factChecker', 'f1', true, null],
      ['factChecker', 'f2', false, 'the draft does not contain the quoted text'],
      ['copyEditor', 'e1', false, '"f1" of factChecker changes the same words and prevails'],
      ['copyEditor', 'e2', true, null],
    ]);
    for (const { textAt, replacement } of result.corrections) {
      if (textAt !== null) expect(result.text.slice(textAt, textAt + replacement.length)).toBe(replacement);
    }
  });

  it('follows the router: the angles of a general article, and the route can be searched', async () => {
    rig.simulator.setRules([
      { match: { agent: 'newsRouter' }, reply: { json: { length: 'short', kind: 'technical', reason: 'A how-to.' } } },
    ]);
    const run = await rig.start('newsroom', input);
    const { result } = await run.outcome();
    expect(result.findings.map(({ angle }) => angle)).toEqual(['fundamentals', 'use cases', 'pitfalls']);
    expect((await run.handle.describe()).typedSearchAttributes.get(TroupeRoute)).toBe('short technical');
  });

  it.each([
    ['newsRouter', { assignment: { length: 'long', kind: 'general' } }, 'a long, general article'],
    ['factChecker', {}, 'the text without a check of its facts'],
    ['copyEditor', {}, 'the text as the writer wrote it'],
  ])('goes on without %s and says so', async (agent, expected, instead) => {
    rig.simulator.setFaults([{ kind: 'refusal', agent }]);
    const run = await rig.start('newsroom', input);
    const { result, degraded } = await run.outcome();
    expect(result).toMatchObject(expected);
    expect(result.corrections.filter(({ by }) => by === agent)).toEqual([]);
    expect(degraded).toEqual([expect.objectContaining({ step: agent, instead })]);
  });
});

const startOf = ({ startedAt }: StepProgress): number => startedAt;
const endOf = ({ endedAt }: StepProgress): number => endedAt ?? Infinity;

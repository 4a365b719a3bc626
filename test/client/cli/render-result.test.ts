import { renderArtifacts, renderMarkdown } from '../../../client/cli/render-result';
import { renderValue } from '../../../client/cli/render-value';
import { wrapText } from '../../../client/cli/wrap-text';

const findings = { angle: 'a', summary: 's', facts: [{ claim: 'C', detail: 'D', source: 'S' }], confidence: 'high' };

describe('renderMarkdown()', () => {
  test('shows title, description, outline and draft of an article', () => {
    const outline = ['One', 'Two', 'Three', 'Four', 'Five'].map((heading) => ({ heading, purpose: 'p', points: [] }));
    const text = renderMarkdown('article', { title: 'T', seoDescription: 'S', outline, draft: 'D\n', findings: [findings] });
    expect(text).toBe('# T\n\n> S\n\n## Outline\n\n1. One: p\n2. Two: p\n3. Three: p\n4. Four: p\n5. Five: p\n\n## Draft\n\nD');
  });

  test('shows the paragraphs of a brief and its facts', () => {
    expect(renderMarkdown('brief', { paragraphs: ['A', 'B', 'C'], findings })).toBe('A\n\nB\n\nC\n\n## Facts\n\n- C (S)');
  });
});

describe('renderMarkdown() of the other pipelines', () => {
  test('shows the edited text and what was changed', () => {
    const result = { text: 'T', changes: [{ what: 'W.', why: 'Y.' }], draft: 'D', findings };
    expect(renderMarkdown('researchWriteReview', result)).toBe('T\n\n## What the editor changed\n\n- W. Y.');
  });

  test('shows the synthesis, the conflicts and every viewpoint', () => {
    const conflicts = [{ between: ['a', 'b'], about: 'A.', settled: 'S.' }];
    const text = renderMarkdown('parallelResearch', { synthesis: 'T', agreements: ['x'], conflicts, reports: [findings] });
    expect(text).toContain('- A. (a, b) S.');
    expect(text).toContain('- a: s (confidence high)');
  });

  test('shows every stage, the skipped ones too', () => {
    const stages = [
      { name: 'one', status: 'done', text: 'T' },
      { name: 'two', status: 'skipped', text: '' },
    ];
    expect(renderMarkdown('stages', { text: 'T', stages })).toBe('## one\n\nT\n\n## two\n\n(skipped)');
  });

  test('shows an answer, what is open, and who gave it and why', () => {
    const routing = { route: 'general', why: 'low confidence', classified: 'code', confidence: 0.4 };
    const text = renderMarkdown('ask', { answer: 'A', confidence: 'low', sources: [], openPoints: ['O.'], routing });
    expect(text).toBe('A\n\n## Open points\n\n- O.\n\nAnswered by: general (low confidence), confidence low');
  });

  test('shows the winner as it is, and how it was chosen', () => {
    const made = { index: 0, instruction: 'Be warm.', sample: 0, text: 'W', failed: null };
    const failed = { index: 1, instruction: 'Be short.', sample: 0, text: null, failed: 'declined' };
    const { text: _text, failed: _failed, ...variant } = made;
    const result = { winner: 'W', reason: 'R.', decidedBy: 'judge', variant, candidates: [made, failed] };
    expect(renderMarkdown('bestOf', result)).toBe(
      'W\n\n## How it was chosen\n\njudge: candidate 1 of 2. R.\n\n- candidate 1: Be warm.\n- candidate 2: Be short. Failed: declined',
    );
  });

  test('shows the elected option, the distribution and every vote', () => {
    const votes = [
      { voter: 1, perspective: 'P', choice: 'yes', reason: 'R.', lost: null },
      { voter: 2, perspective: 'P', choice: null, reason: null, lost: 'declined' },
    ];
    const distribution = [
      { choice: 'no', votes: 0 },
      { choice: 'yes', votes: 1 },
    ];
    expect(renderMarkdown('vote', { winner: 'yes', decidedBy: 'majority', distribution, votes })).toBe(
      '# yes\n\nmajority: no 0, yes 1\n\n- voter 1: yes. R.\n- voter 2: (none). Not counted: declined',
    );
  });

  test('shows a text, whether it is settled, and the points of each round', () => {
    const round = { round: 1, draft: 'A', blocking: ['B.'], minor: ['M.'], revised: 'T' };
    const last = { round: 2, draft: 'T', blocking: [], minor: [], revised: null };
    const text = renderMarkdown('debate', { text: 'T', settled: true, rounds: [round, last] });
    expect(text).toContain('T\n\nSettled:');
    expect(text).toContain('## Round 1\n\n- blocking: B.\n- minor: M.\n\n## Round 2\n\nNothing to object to.');
    expect(renderMarkdown('debate', { text: 'T', settled: false, rounds: [round] })).toContain('**Not settled**');
  });

  test('shows what it does not know in full', () => {
    expect(renderMarkdown('newer', { answer: 'A' })).toBe('## Answer\n\nA');
    expect(renderMarkdown('article', { headline: 'A' })).toBe('## Headline\n\nA');
  });
});

describe('renderValue()', () => {
  test('takes strings as they are, lists as bullets, fields under headings', () => {
    const text = renderValue({ synthesis: 'Text.', agreements: ['x', 'y'], lastRound: { ok: true } });
    expect(text).toBe('## Synthesis\n\nText.\n\n## Agreements\n\n- x\n- y\n\n## Last round\n\n**Ok**: true');
  });

  test('shows what is inside of nested lists', () => {
    const text = renderValue({ conflicts: [{ between: ['a', 'b'], about: 'c' }] });
    expect(text).toContain('### Between\n\n- a\n- b');
    expect(text).toContain('**About**: c');
  });

  test.each([[null], [3], [[]], [{}], ['']])('survives %j', (value) => {
    expect(typeof renderValue(value)).toBe('string');
  });
});

describe('renderArtifacts()', () => {
  test('names the step that made each', () => {
    expect(renderArtifacts([{ key: 'seo', agent: 'seo', step: 'seo', value: { description: 'D' } }])).toBe('## seo\n\n**Description**: D');
  });
});

describe('wrapText()', () => {
  test('breaks at spaces and hangs list items', () => {
    expect(wrapText('- one two three\n\nfour five six', 9)).toBe('- one two\n  three\n\nfour five\nsix');
  });

  test('leaves a long word whole', () => {
    expect(wrapText('see http://a.very.long/address now', 10)).toBe('see\nhttp://a.very.long/address\nnow');
  });

  test('changes nothing that fits', () => {
    expect(wrapText('# Title\n\nshort', 80)).toBe('# Title\n\nshort');
  });
});

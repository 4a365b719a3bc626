import { renderArtifacts, renderMarkdown, renderValue } from '../../../client/cli/render-result';
import { wrapText } from '../../../client/cli/wrap-text';

const findings = { angle: 'a', summary: 's', facts: [{ claim: 'C', detail: 'D', source: 'S' }], confidence: 'high' };

describe('renderMarkdown()', () => {
  test('shows title, description, outline and draft of an article', () => {
    const outline = [
      { heading: 'One', purpose: 'begin', points: [] },
      { heading: 'Two', purpose: 'end', points: [] },
    ];
    const text = renderMarkdown('article', { title: 'T', seoDescription: 'S', outline, draft: 'D\n', findings: [findings] });
    expect(text).toBe('# T\n\n> S\n\n## Outline\n\n1. One: begin\n2. Two: end\n\n## Draft\n\nD');
  });

  test('shows the paragraphs of a brief and its facts', () => {
    expect(renderMarkdown('brief', { paragraphs: ['A', 'B', 'C'], findings })).toBe('A\n\nB\n\nC\n\n## Facts\n\n- C (S)');
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

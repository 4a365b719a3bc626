import { resultColumns, type RowResult } from '../../rows/result-columns';
import { EMPTY_LEDGER } from '../../common/ledger';

function rowOf(result: unknown, cells?: Record<string, string>): RowResult {
  const facts = { row: 1, key: 'k', workflowId: 'j/k', runId: 'r', degraded: [], ledger: EMPTY_LEDGER, simulated: true, endedAt: 1 };
  return {
    given: { key: 'k', input: {}, ...(cells !== undefined && { cells }) },
    outcome: { ...facts, status: 'done', result: null, reason: null },
    result,
    costUsd: 0.25,
  };
}

describe('resultColumns()', () => {
  it('are those of the input, of the result, the cost and whether it is simulated; a name that is taken gets a prefix', () => {
    expect(resultColumns('brief', ['sku', 'findings', 'costUsd']).header).toEqual([
      'sku',
      'findings',
      'costUsd',
      'paragraphs',
      'result.findings',
      'result.costUsd',
      'simulated',
    ]);
  });

  it('name no two columns alike when the input is the output of a job', () => {
    const { header } = resultColumns('brief', resultColumns('brief', resultColumns('brief', ['sku']).header).header);
    expect(header).toHaveLength(13);
    expect(new Set(header).size).toBe(header.length);
    expect(header.at(-1)).toBe('result.result.simulated');
  });

  it('begin with the key when the input has no columns', () => {
    const columns = resultColumns('brief', []);
    expect(columns.header).toEqual(['key', 'paragraphs', 'findings', 'costUsd', 'simulated']);
    expect(columns.cells(rowOf({ paragraphs: ['a', 'b'], findings: [{ a: 1 }] }))).toEqual(['k', 'a\nb', '[{"a":1}]', '0.25', 'true']);
  });

  it('leave cells empty that the result does not have', () => {
    expect(resultColumns('brief', ['a', 'b']).cells(rowOf(null, { a: '1' }))).toEqual(['1', '', '', '', '0.25', 'true']);
  });

  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+1 (555)', `'+1 (555)`],
    ['- a point', `'- a point`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\n=1', `'\n=1`],
    ['＝1+1', `'＝1+1`],
    ['-12.50', '-12.50'],
    ['a=b', 'a=b'],
  ])('keep a spreadsheet from running %j', (text, cell) => {
    expect(resultColumns('brief', ['a']).cells(rowOf({ paragraphs: text }, { a: '=A1' }))).toEqual(['=A1', cell, '', '0.25', 'true']);
  });
});

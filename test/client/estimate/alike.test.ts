import { alikeIn } from '../../../client/estimate/alike';
import type { RunUse, SizedRun } from '../../../client/estimate/step-use';

const NOW = 'claude-opus-5-5';
const THEN = 'claude-haiku-5-5';
const usage = { input_tokens: 1_000, output_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
const runOf = (...uses: ReadonlyArray<readonly [step: string, model: string]>): RunUse =>
  uses.map(([step, model]) => ({ step, model, requests: 1, usage }));
const rehearsed: SizedRun[] = [{ bytes: 100, run: runOf(['writer', NOW], ['judge', NOW], ['judge', THEN]) }];
const sizes = [100, 150, 200];

describe('alikeIn()', () => {
  it('takes former runs whose inputs were of the size of the rows', () => {
    const former = [99, 100, 170, 200, 201].map((bytes) => ({ bytes, run: runOf(['writer', NOW]) }));
    expect(alikeIn(former, { sizes, rehearsed }).map(({ bytes }) => bytes)).toEqual([100, 170, 200]);
  });

  it('prices what they asked at the models of today, where a step asks one only', () => {
    const former = [{ bytes: 100, run: runOf(['writer', THEN], ['judge', THEN], ['repair', THEN]) }];
    const [alike] = alikeIn(former, { sizes, rehearsed });
    expect(alike?.run.map(({ step, model }) => [step, model])).toEqual([
      ['writer', NOW],
      ['judge', THEN],
      ['repair', THEN],
    ]);
    expect(alike?.run[0]?.usage).toBe(usage);
  });
});

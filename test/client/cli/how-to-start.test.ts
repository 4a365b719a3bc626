import { howToStart } from '../../../client/cli/how-to-start';

describe('howToStart()', () => {
  it('has every flag that the cost of a job depends on, as a shell takes them', () => {
    const flags = {
      input: 'my rows.json',
      key: 'id',
      map: { name: 'Title' },
      set: { currency: 'EUR' },
      format: 'plain',
      skipInvalid: true,
      sample: 20,
      concurrency: 5,
      rowBudgetUsd: 0.5,
      budgetUsd: 20,
      lane: 'auto',
      deadline: 43_200_000,
      reuse: true,
    } as const;
    expect(howToStart({ pipeline: 'brief', subject: undefined, rows: 3 }, flags)).toBe(
      "Start it with: npx troupe batch brief --input 'my rows.json' --key id --map name=Title --set currency=EUR --format plain --skip-invalid " +
        '--sample 20 --concurrency 5 --row-budget-usd 0.5 --budget-usd 20 --lane auto --deadline 720m --reuse',
    );
  });

  it('leaves nothing of a subject to the shell', () => {
    const run = (subject: string) => howToStart({ pipeline: 'brief', subject, rows: null }, {});
    expect(run('What $5 `buys`')).toBe("Start it with: npx troupe run brief 'What $5 `buys`'");
    expect(run("Paula's tea")).toBe(String.raw`Start it with: npx troupe run brief 'Paula'\''s tea'`);
  });
});

import type { EstimateFlags } from './commands/estimate';
import { shellWord } from './shell-word';

/** What was estimated. */
interface Estimated {
  readonly pipeline: string;
  readonly subject: string | undefined;
  /** Of a job; null for a run. */
  readonly rows: number | null;
}

const MINUTE_MS = 60_000;

/** The command that starts what was estimated, with every flag that its cost depends on. */
export function howToStart({ pipeline, subject, rows }: Estimated, flags: EstimateFlags): string {
  const { input, key, map, set, format, skipInvalid, reuse, deadline } = flags;
  const given = (flag: string, value: string | number | undefined): string[] => (value === undefined ? [] : [flag, String(value)]);
  const pairs = (flag: string, values: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(values).flatMap((pair) => [flag, pair.join('=')]);
  const words = [
    rows === null ? 'run' : 'batch',
    pipeline,
    ...(subject === undefined ? [] : [subject]),
    ...given('--input', input),
    ...given('--key', key),
    ...pairs('--map', map),
    ...pairs('--set', set),
    ...given('--format', format),
    ...(skipInvalid === true ? ['--skip-invalid'] : []),
    ...given('--sample', flags.sample),
    ...given('--concurrency', flags.concurrency),
    ...given('--row-budget-usd', flags.rowBudgetUsd),
    ...given('--budget-usd', flags.budgetUsd),
    ...given('--budget-tokens', flags.budgetTokens),
    ...given('--lane', flags.lane),
    ...given('--deadline', deadline === undefined ? undefined : `${deadline / MINUTE_MS}m`),
    ...(reuse === true ? ['--reuse'] : []),
  ];
  return `Start it with: npx troupe ${words.map(shellWord).join(' ')}`;
}

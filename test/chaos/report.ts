import Table from 'cli-table3';

import type { Audit } from '../helpers/audit-run';

/** Something that must not happen, and happened. */
export interface Violation {
  readonly where: string;
  readonly what: string;
}

/** One round of a suite, as a line of the table. */
export interface Round {
  readonly suite: string;
  readonly seed: number;
  /** What it ran: articles, or rows of jobs. */
  readonly runs: number;
  readonly completed: number;
  /** What happened to them, in words. */
  readonly trouble: string;
  readonly seconds: number;
  readonly degraded: readonly string[];
  readonly audits: readonly Audit[];
  readonly violations: readonly Violation[];
}

const HEAD = [
  'suite',
  'seed',
  'runs',
  'completed',
  'degraded',
  'charged',
  'extra',
  'settled $',
  'bill $',
  'uncertain $',
  'broken',
  'seconds',
  'trouble',
];

const sum = (audits: readonly Audit[], pick: (audit: Audit) => number): number => audits.reduce((total, audit) => total + pick(audit), 0);

export function tableOf(rounds: readonly Round[]): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [...HEAD.slice(1).map(() => null), 48],
  });
  for (const { suite, seed, runs, completed, trouble, seconds, degraded, audits, violations } of rounds) {
    const dollars = (pick: (audit: Audit) => number) => sum(audits, pick).toFixed(4);
    table.push([
      suite,
      seed,
      runs,
      completed,
      degraded.length,
      sum(audits, (audit) => audit.charged),
      sum(audits, (audit) => audit.extra),
      dollars((audit) => audit.settledUsd),
      dollars((audit) => audit.billUsd),
      dollars((audit) => audit.uncertainUsd),
      violations.length,
      seconds.toFixed(1),
      trouble,
    ]);
  }
  return table.toString();
}

/** One line for a log. */
export function summaryOf(rounds: readonly Round[], seconds: number): string {
  const broken = rounds.flatMap(({ violations }) => violations).length;
  const audits = rounds.flatMap((round) => round.audits);
  const count = (pick: (round: Round) => number) => rounds.reduce((total, round) => total + pick(round), 0);
  return (
    `${broken === 0 ? 'chaos: every invariant held' : `chaos: ${broken} invariants BROKEN`}: ` +
    `${count(({ completed }) => completed)} of ${count(({ runs }) => runs)} runs completed, ` +
    `${count(({ degraded }) => degraded.length)} steps degraded, ` +
    `${sum(audits, ({ journaled }) => journaled)} answers paid once, ${sum(audits, ({ extra }) => extra)} charges without an answer, ` +
    `${audits.filter(({ uncertainUsd }) => uncertainUsd === 0).length} bills exact, ` +
    `${audits.filter(({ uncertainUsd }) => uncertainUsd > 0).length} within bounds, ${seconds.toFixed(0)} s`
  );
}

export function countsInWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ×${count}`)
    .join(', ');
}

import { withModelsOf, type SizedRun } from './step-use';

/** A job, as far as it tells which former runs are like its rows. */
interface Rows {
  /** Bytes of the input of every row. */
  readonly sizes: readonly number[];
  /** Of some of them. */
  readonly rehearsed: readonly SizedRun[];
}

/** Of a job: what former runs asked whose inputs were of the size of its rows. They tell as much as rehearsals do. */
export function alikeIn(former: readonly SizedRun[], { sizes, rehearsed }: Rows): SizedRun[] {
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const now = rehearsed.map(({ run }) => run);
  return former.flatMap(({ run, bytes }) => (bytes >= least && bytes <= most ? [{ bytes, run: withModelsOf(now, run) }] : []));
}

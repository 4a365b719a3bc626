import Table from 'cli-table3';

import { quantile } from '../statistics';
import type { ServerlessJobReport } from './report';

/** The figures for people. */
export function serverlessJobTable(report: ServerlessJobReport): string {
  const { rows, sample, seconds, calls, batches, batchSeconds, realPace, functions, lookers, gate, waits, peakMiB } = report;
  const { busySeconds, noneSeconds, count, wakings, longestSeconds } = functions;
  const table = new Table({ style: { head: [], border: [] }, colAligns: ['left', 'right'] });
  const s = (value: number): string => `${value.toFixed(1)} s`;
  table.push(
    [`job of ${rows} rows in the batch lane, ${sample} of them first`, s(seconds)],
    ['calls · batches', `${calls} · ${batches}`],
    [`a batch takes · pace of the collector`, `${s(batchSeconds)} · ${realPace ? 'real' : 'scaled'}`],
    ['functions, processes that the server started', `${count}, ${wakings}`],
    ['busy in all · for 1,000 calls', `${s(busySeconds)} · ${s((busySeconds / calls) * 1_000)}`],
    ['none alive', s(noneSeconds)],
    ['longest life', s(longestSeconds)],
    ['functions that only looked at batches · looks · busy', `${lookers.count} · ${lookers.looks} · ${s(lookers.seconds)}`],
    ['while a person took a while: alive still · woken', `${s(gate.tailSeconds)} · ${gate.woken}`],
    ['longest wait of a task · of that no function lived', `${s(waits.longestSeconds)} · ${s(waits.longestAloneSeconds)}`],
    ['workflow tasks given to another', String(waits.timedOut)],
    ...(peakMiB.length === 0 ? [] : [memoryRow(peakMiB)]),
  );
  return table.toString();
}

const memoryRow = (peakMiB: readonly number[]): [string, string] => [
  'most memory of a function: median · largest',
  `${quantile(peakMiB, 0.5).toFixed(0)} · ${Math.max(...peakMiB).toFixed(0)} MiB`,
];

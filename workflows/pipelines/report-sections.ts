import { fanOut } from '../patterns/fan-out';
import { reasonOf } from '../patterns/step-failure';
import { runChild } from '../run/child';
import { degrade } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import type { WrittenSection } from './report-assembly';
import { sectionTask, type PlannedReport } from './report-task';
import { oneLine } from './text-forms';

const SIDE_BY_SIDE = 8;

/** A section of the report, and why it is missing if it is. */
export interface ReportSection extends WrittenSection {
  readonly why: string | null;
}

/** Every section in a child of its own, half of them at least; one that fails leaves its heading. */
export async function writeSections(report: PlannedReport): Promise<readonly ReportSection[]> {
  const { sections } = report;
  const labels = sections.map(({ heading }, at) => `${at + 1}. ${oneLine(heading)}`);
  let atWork = 0;
  const write = async (label: string, at: number) => {
    // What is left is for the places that are free now: those who work have theirs, and leave to the next what they did not use.
    const free = Math.min(SIDE_BY_SIDE - atWork, sections.length - at);
    atWork += 1;
    try {
      const { result, degraded } = await runChild('reportSection', sectionTask(report, at), { label, share: 1 / free });
      for (const { reason, instead } of degraded) degrade(`reportSection/${label}`, new Error(reason), instead);
      return result;
    } finally {
      atWork -= 1;
    }
  };
  const { branches } = await failFast((cancelRest) =>
    fanOut(labels, write, {
      atLeast: Math.ceil(sections.length / 2),
      concurrency: SIDE_BY_SIDE,
      cancelRest,
      onFailed: (label, error) => degrade(`reportSection/${label}`, error, 'its heading without a text'),
    }),
  );
  return branches.map((branch, at) => {
    const heading = sections[at]?.heading ?? branch.item;
    return branch.status === 'done'
      ? { heading, body: branch.output.body, untraced: branch.output.untraced, why: null }
      : { heading, body: null, untraced: [], why: reasonOf(branch.error) };
  });
}

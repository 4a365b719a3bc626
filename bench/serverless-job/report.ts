import { recordOfCollector, wakingsBy } from './collector-record';
import { secondsWithin, secondsWithout, type FunctionLife, type Span } from './function-lives';
import type { JobStack } from './job-stack';
import { taskWaits, type TaskWaits } from './task-waits';

/** Whole pico-dollars. */
export interface Books {
  readonly settledPico: number;
  readonly uncertainPico: number;
  readonly billPico: number;
  /** Requests on the bill that had been paid for before. */
  readonly duplicatesPaid: number;
}

export interface ServerlessJobReport {
  readonly rows: number;
  /** Rows that were done before the gate. */
  readonly sample: number;
  readonly gateSeconds: number;
  readonly batchSeconds: number;
  readonly realPace: boolean;
  /** From the start of the job to its result. */
  readonly seconds: number;
  /** Rows of the output file, and different keys among them. */
  readonly written: number;
  readonly keys: number;
  /** Requests on the bill. */
  readonly calls: number;
  readonly books: Books;
  readonly batches: number;
  readonly functions: FunctionsReport;
  /** Functions that did nothing but look at batches, or nothing at all. */
  readonly lookers: LookersReport;
  readonly gate: GateReport;
  readonly waits: TaskWaits;
  /** Most memory of each function, in MiB; empty where the system does not tell. */
  readonly peakMiB: readonly number[];
  readonly lives: readonly FunctionLife[];
}

export interface FunctionsReport {
  /** Processes that the server started; one that is not needed, for another takes up tasks, ends before it does anything. */
  readonly wakings: number;
  readonly count: number;
  readonly died: number;
  readonly longestSeconds: number;
  readonly busySeconds: number;
  /** Seconds of the job in which none lived. */
  readonly noneSeconds: number;
}

export interface LookersReport {
  readonly count: number;
  readonly looks: number;
  readonly seconds: number;
  readonly longestSeconds: number;
}

/** While the gate of the sample was open. */
export interface GateReport {
  /** Of functions that were there before it opened. */
  readonly tailSeconds: number;
  /** Those that were woken meanwhile, and their seconds. */
  readonly woken: number;
  readonly wokenSeconds: number;
}

const secondsOf = ({ from, to }: Span): number => (to - from) / 1_000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export interface JobSpans {
  readonly job: Span;
  readonly gate: Span;
}

type FromFunctions = Pick<ServerlessJobReport, 'batches' | 'functions' | 'lookers' | 'gate' | 'waits' | 'lives'>;

/** What the functions of a job did, by what the stack said of them and by the histories on the server. */
export async function reportOfFunctions({ client, lives }: JobStack, { job, gate }: JobSpans): Promise<FromFunctions> {
  const own = lives.filter((life) => life.to > job.from);
  const { looks, batches } = await recordOfCollector(client);
  const lookers = lookersOf(own, looks);
  return {
    batches,
    functions: {
      wakings: await wakingsBy(client),
      count: own.length,
      died: own.filter(({ reason }) => reason === 'died').length,
      longestSeconds: Math.max(0, ...own.map(secondsOf)),
      busySeconds: sum(own.map(secondsOf)),
      noneSeconds: secondsWithout(own, job),
    },
    lookers: {
      count: lookers.length,
      looks: sum(lookers.map(({ activities }) => activities)),
      seconds: sum(lookers.map(secondsOf)),
      longestSeconds: Math.max(0, ...lookers.map(secondsOf)),
    },
    gate: gateReport(own, gate),
    waits: await taskWaits(client, own),
    lives: own,
  };
}

/** Those whose every activity was a look at a batch. @param looks Times of looks, as epoch milliseconds */
export function lookersOf(lives: readonly FunctionLife[], looks: readonly number[]): FunctionLife[] {
  return lives.filter(({ from, to, activities }) => activities === looks.filter((at) => at >= from && at <= to).length);
}

export function gateReport(lives: readonly FunctionLife[], gate: Span): GateReport {
  const [before, meanwhile] = [
    lives.filter(({ from }) => from < gate.from),
    lives.filter(({ from }) => from >= gate.from && from < gate.to),
  ];
  return { tailSeconds: secondsWithin(before, gate), woken: meanwhile.length, wokenSeconds: secondsWithin(meanwhile, gate) };
}

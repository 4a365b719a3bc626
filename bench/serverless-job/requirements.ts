import type { Requirement } from '../requirements';
import { FUNCTION_SECONDS } from './job-stack';
import type { ServerlessJobReport } from './report';

/** From the limit on calls are cancelled and connections closed. */
const MOST_SECONDS = FUNCTION_SECONDS + 3;
const MOST_TAIL_SECONDS = 5;
const MOST_SECONDS_A_LOOK = 10;
/** When the server looks for tasks that no function has taken up. */
const MOST_WAIT_SECONDS = 30;

const inSeconds = (value: number): string => `${value.toFixed(1)} s`;

/** What a job through functions must hold to. */
export function serverlessJobRequirements(report: ServerlessJobReport): Requirement[] {
  return [...booksOf(report), ...functionsOf(report)];
}

function booksOf({ rows, written, keys, books }: ServerlessJobReport): Requirement[] {
  const { settledPico, uncertainPico, billPico, duplicatesPaid } = books;
  return [
    {
      name: `rows of a job of ${rows} in its output`,
      value: `${written}, ${keys} different`,
      required: 'each once',
      met: written === rows && keys === rows,
    },
    {
      name: 'ledger against bill',
      value: `settled ${settledPico}, uncertain ${uncertainPico}, bill ${billPico} pico-dollars`,
      required: 'settled ≤ bill ≤ settled + uncertain',
      met: settledPico <= billPico && billPico <= settledPico + uncertainPico,
    },
    { name: 'requests paid for twice', value: String(duplicatesPaid), required: 'none', met: duplicatesPaid === 0 },
  ];
}

function functionsOf({ functions, gate, lookers, waits, gateSeconds }: ServerlessJobReport): Requirement[] {
  const aLook = lookers.looks === 0 ? 0 : lookers.seconds / lookers.looks;
  return [
    {
      name: 'longest life of a function',
      value: `${inSeconds(functions.longestSeconds)}, ${functions.died} killed`,
      required: `at most ${MOST_SECONDS} s, none killed`,
      met: functions.longestSeconds <= MOST_SECONDS && functions.died === 0,
    },
    {
      name: `functions while a person took ${gateSeconds} s`,
      value: `${inSeconds(gate.tailSeconds)} of those that had worked, ${gate.woken} woken`,
      required: `at most ${MOST_TAIL_SECONDS} s, none`,
      met: gate.tailSeconds <= MOST_TAIL_SECONDS && gate.woken === 0,
    },
    {
      name: `functions that waited for batches, ${lookers.looks} looks`,
      value: `${inSeconds(aLook)} a look, the longest life ${inSeconds(lookers.longestSeconds)}`,
      required: `at most ${MOST_SECONDS_A_LOOK} s a look`,
      met: lookers.seconds <= lookers.looks * MOST_SECONDS_A_LOOK,
    },
    {
      name: `longest time that one of ${waits.tasks} tasks waited and no function lived`,
      value: inSeconds(waits.longestAloneSeconds),
      required: `under ${MOST_WAIT_SECONDS} s`,
      met: waits.longestAloneSeconds < MOST_WAIT_SECONDS,
    },
  ];
}

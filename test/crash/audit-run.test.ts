import type { AnswerRecord, IntentRecord } from '../../claude/journal-records';
import type { LedgerView } from '../../common/ledger';
import { toUsd } from '../../common/money';
import { NO_USAGE } from '../../common/pricing';
import type { BillRecord } from '../../simulator/bill-record';
import { auditRun, type Evidence } from '../helpers/audit-run';
import { turnKeyOf, type OfTurn } from '../helpers/run-journal';

const run = { namespace: 'default', workflowId: 'w', firstRunId: 'r' };
const usage = { ...NO_USAGE, input_tokens: 10, output_tokens: 5 };
const turnKey = turnKeyOf(run, 'researcher/use cases', 0);

const charge = (requestId: string, at: number): BillRecord => ({
  seq: at,
  requestId,
  at,
  path: '/v1/messages',
  hash: 'h',
  arrival: 0,
  model: 'm',
  stream: true,
  retryCount: 0,
  status: 200,
  workflowId: 'w',
  step: 'researcher/use%20cases',
  agent: 'researcher',
  attempt: '1',
  turn: '0',
  errorType: null,
  stopReason: null,
  fault: null,
  outcome: 'answered',
  streamedBytes: 1,
  usage,
  charged: true,
  costPico: 1_000,
  doneAt: at,
  abortedAt: null,
});
const answer = (requestId: string): OfTurn<AnswerRecord> => ({
  turnKey,
  id: requestId,
  turn: 0,
  model: 'm',
  requestHash: 'h',
  requestId,
  usage,
  costPico: 1_000,
  answeredAt: 200,
  request: {} as AnswerRecord['request'], // not looked at
  message: {} as AnswerRecord['message'], // not looked at
});
const intent: OfTurn<IntentRecord> = {
  turnKey,
  id: 'i',
  turn: 0,
  model: 'm',
  requestHash: 'h',
  worstPico: 5_000,
  worstTokens: 50,
  sentAt: 90,
};
const ledger = (settledPico: number, uncertainPico = 0, requests = 1): LedgerView => ({
  costUsd: toUsd(settledPico),
  uncertainUsd: toUsd(uncertainPico),
  requests,
  usage,
  byAgent: [],
});

const sound: Evidence = { run, ledger: ledger(1_000), journal: { answers: [answer('a')], open: [] }, bill: [charge('a', 100)] };

const violationsOf = (change: Partial<Evidence>) => auditRun({ ...sound, ...change }).violations;

describe('auditRun()', () => {
  test('finds nothing wrong when ledger, journal and bill agree', () => {
    expect(auditRun(sound)).toMatchObject({ violations: [], charged: 1, journaled: 1, extra: 0 });
  });

  test('accepts a charge without an answer that an open intent accounts for', () => {
    const cut = {
      ledger: ledger(1_000, 5_000),
      journal: { answers: [answer('a')], open: [intent] },
      bill: [charge('lost', 50), charge('a', 100)],
    };
    expect(auditRun({ ...sound, ...cut })).toMatchObject({ violations: [], extra: 1 });
  });

  test('reports a charge that no intent accounts for', () => {
    expect(violationsOf({ bill: [charge('lost', 50), charge('a', 100)] })).toEqual([
      `${turnKey} has 1 charges without an answer and 0 open intents`,
      'bill 2000 is not within 1000 and 1000 + 0 pico-dollars',
      'bill has 30 tokens and the ledger 15',
    ]);
  });

  test('reports a turn that was asked again after its answer was known, charged or not, unless attempts may overlap', () => {
    const refused: BillRecord = { ...charge('again', 230), charged: false, costPico: 0, status: 529, outcome: 'faulted' };
    const bill = [charge('a', 100), refused];
    expect(violationsOf({ bill })).toEqual([
      'researcher/use%20cases turn 0 was asked again 30 ms after its answer was known (again, attempt 1)',
    ]);
    expect(violationsOf({ bill, overlapMs: 50 })).toEqual([]);
  });

  test('reports an answer that is not on the bill, or at another price', () => {
    expect(violationsOf({ bill: [charge('other', 100)], journal: { answers: [answer('a')], open: [intent] } })[0]).toMatch(
      /^answer a of .* stands on the bill 0 times$/,
    );
    expect(violationsOf({ bill: [{ ...charge('a', 100), costPico: 999 }] })[0]).toMatch(/is journaled at 1000 and billed at 999$/);
  });

  test('reports a ledger that lacks an answer or an open intent', () => {
    const journal = { answers: [answer('a'), answer('b')], open: [intent] };
    expect(violationsOf({ journal, bill: [charge('a', 100), charge('b', 100)] })).toEqual([
      'bill 2000 is not within 1000 and 1000 + 0 pico-dollars',
      'bill has 30 tokens and the ledger 15',
      'ledger has 1 answers and the journal 2',
      'ledger has settled 1e-9 and the journal 2e-9 dollars',
      'ledger has uncertain 0 and the journal 5e-9 dollars',
    ]);
  });
});

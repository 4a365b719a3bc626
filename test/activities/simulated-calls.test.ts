import type { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';

import type { CallOutcome } from '../../common/call';
import type { FailureDetails } from '../../common/failures';
import { NO_SPEND, settledPico, settledTokens, type CallSpend } from '../../common/ledger';
import { totalTokens } from '../../common/pricing';
import { startSimulator, type FaultRule, type Simulator } from '../../simulator';
import { startActivityRig, type ActivityRig } from './activity-rig';

// The SDK prints a stream that it cannot parse, whatever its log level.
beforeAll(() => void jest.spyOn(console, 'error').mockReturnValue());
afterAll(() => void jest.restoreAllMocks());

let simulator: Simulator;
let rig: ActivityRig;
beforeEach(async () => {
  simulator = await startSimulator();
  rig = await startActivityRig(simulator.url);
});
afterEach(async () => {
  await rig.close();
  await simulator.close();
});

interface Ended {
  readonly outcome: CallOutcome | { readonly kind: 'failed'; readonly type: string; readonly final: boolean; readonly spend: CallSpend };
  readonly spend: CallSpend;
}

async function attempt(step: string, grants: { readonly grantPico?: number; readonly grantTokens?: number } = {}): Promise<Ended> {
  try {
    const outcome = await rig.attempt({ word: step }, { step, ...grants });
    return { outcome, spend: outcome.spend };
  } catch (error) {
    const { type, nonRetryable, details } = error as ApplicationFailure;
    const spend = (details?.[0] as FailureDetails | undefined)?.spend ?? NO_SPEND;
    return { outcome: { kind: 'failed', type: String(type), final: nonRetryable === true, spend }, spend };
  }
}

/** Attempts as Temporal would make them, until there is nothing more to try. */
async function untilDone(step: string, grants: Parameters<typeof attempt>[1], check: (ended: Ended) => void): Promise<Ended> {
  for (;;) {
    const ended = await attempt(step, grants);
    check(ended);
    if (ended.outcome.kind !== 'failed' || ended.outcome.final) return ended;
  }
}

const bill = (step: string) => simulator.requests().filter((request) => request.step === step && request.charged);
const billedPico = (step: string): number => bill(step).reduce((sum, request) => sum + request.costPico, 0);
const billedTokens = (step: string): number => bill(step).reduce((sum, request) => sum + totalTokens(request.usage), 0);

function expectBounds(step: string, { spend }: Ended): void {
  const settled = settledPico(spend);
  expect(settled).toBeLessThanOrEqual(billedPico(step));
  expect(billedPico(step)).toBeLessThanOrEqual(settled + spend.uncertainPico);
  expect(billedTokens(step)).toBeLessThanOrEqual(settledTokens(spend) + spend.uncertainTokens);
}

const FAULTS: readonly FaultRule[] = [
  { kind: '529' },
  { kind: '500' },
  { kind: '504' },
  { kind: 'reset_before_headers' },
  { kind: 'reset_mid_stream' },
  { kind: 'eof_no_stop' },
  { kind: 'sse_error' },
  { kind: 'malformed_json' },
  { kind: 'empty_body' },
  { kind: 'wrong_content_type' },
  { kind: 'bad_schema_output' },
  { kind: 'max_tokens' },
  { kind: 'charge_then_drop' },
  { kind: 'empty_content' },
  { kind: 'pause_turn' },
  { kind: 'refusal' },
  { kind: 'context_exceeded' },
];

describe('a call against the simulator', () => {
  it('spends exactly what is billed when nothing goes wrong', async () => {
    const { outcome, spend } = await attempt('plain');
    expect(outcome.kind).toBe('answered');
    expect(bill('plain')).toHaveLength(1);
    expect(bill('plain')[0]).toMatchObject({ workflowId: 'test', agent: 'echo', attempt: '1', turn: '0', costPico: settledPico(spend) });
    expect(settledTokens(spend)).toBe(billedTokens('plain'));
  });

  it.each(FAULTS.map((fault) => [fault.kind, fault] as const))('survives one %s within the bounds of its ledger', async (kind, fault) => {
    simulator.setFaults([{ ...fault, nth: 1 }]);
    const ended = await untilDone(kind, {}, (each) => expectBounds(kind, each));
    const final = { refusal: 'Refused', context_exceeded: 'ContextWindowExceeded' }[kind];
    expect(ended.outcome).toMatchObject(final === undefined ? { kind: 'answered' } : { type: final });
    if (ended.spend.uncertainRequests === 0) expect(settledPico(ended.spend)).toBe(billedPico(kind));
  });

  it('never spends more than its grant, whatever happens', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: FAULTS.length + 3 }), { maxLength: 8 }),
        fc.record({ grantPico: fc.integer({ min: 0, max: 4e9 }), grantTokens: fc.integer({ min: 1_000, max: 12_000 }) }),
        async (plan, grants) => {
          const step = `step-${(run += 1)}`;
          simulator.setFaults(plan.flatMap((index, at) => (FAULTS[index] === undefined ? [] : [{ ...FAULTS[index], nth: at + 1 }])));
          const ended = await untilDone(step, grants, (each) => {
            expectBounds(step, each);
            expect(settledPico(each.spend) + each.spend.uncertainPico).toBeLessThanOrEqual(grants.grantPico);
            expect(settledTokens(each.spend) + each.spend.uncertainTokens).toBeLessThanOrEqual(grants.grantTokens);
          });
          expect(billedPico(step)).toBeLessThanOrEqual(grants.grantPico);
          expect(billedTokens(step)).toBeLessThanOrEqual(grants.grantTokens);
          if (ended.outcome.kind !== 'needs') return;
          const { needsPico, needsTokens } = ended.outcome;
          expect(needsPico > grants.grantPico || needsTokens > grants.grantTokens).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on with exactly the grant it said it needs', async () => {
    const { outcome } = await attempt('grant', { grantPico: 0, grantTokens: 1 });
    if (outcome.kind !== 'needs') throw new Error('it did not need a grant');
    expect(simulator.requests()).toHaveLength(0);
    expect(await attempt('grant', { grantPico: outcome.needsPico - 1 })).toMatchObject({ outcome: { kind: 'needs' } });
    expect(await attempt('grant', { grantPico: outcome.needsPico, grantTokens: outcome.needsTokens })).toMatchObject({
      outcome: { kind: 'answered' },
    });
  });

  it('answers a repeated attempt without a request', async () => {
    const first = await attempt('again');
    const requests = simulator.requests().length;
    expect(await attempt('again')).toEqual(first);
    expect(simulator.requests()).toHaveLength(requests);
  });
});

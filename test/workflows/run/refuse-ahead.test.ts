import { refuseAhead } from '../../../workflows/run/refuse-ahead';

type Activate = NonNullable<ReturnType<typeof refuseAhead>['activate']>;
type Activation = Parameters<Activate>[0]['activation'];

/** A run that is handed activations; returns what it was let to work in. */
function runWith(activations: readonly Activation[]): { readonly taken: Activation[]; readonly refused: Activation[] } {
  const guard = refuseAhead();
  const taken: Activation[] = [];
  const refused: Activation[] = [];
  for (const activation of activations) {
    try {
      guard.activate?.({ activation, batchIndex: 0 }, () => void taken.push(activation));
    } catch {
      refused.push(activation);
    }
  }
  return { taken, refused };
}

const at = (nanos: number, historyLength: number, rest: Activation = {}): Activation => ({
  timestamp: { seconds: 1_795_000_000 as never, nanos },
  historyLength,
  isReplaying: false,
  jobs: [{ signalWorkflow: { signalName: 'resume' } }],
  ...rest,
});
const query: Activation = { jobs: [{ queryWorkflow: { queryId: 'q', queryType: 'progress' } }] };

describe('refuseAhead()', () => {
  test('refuses events that a query has brought and no task has begun with, and takes them with their task', () => {
    const started = at(1, 3, { jobs: [{ initializeWorkflow: {} }] });
    const early = at(1, 6);
    expect(runWith([started, early])).toEqual({ taken: [started], refused: [early] });
    // The worker forgets the run, so the task comes to a new one, after the replay.
    const task = at(2, 8);
    expect(runWith([{ ...started, isReplaying: true }, task]).refused).toEqual([]);
  });

  test('takes queries, all of one task, tasks at other times and whatever is replayed', () => {
    const local = at(1, 3, { jobs: [{ resolveActivity: { isLocal: true } }] });
    const replayed = at(2, 9, { isReplaying: true });
    const all = [at(1, 3), local, query, local, at(2, 7), replayed, { ...query, historyLength: 12, timestamp: replayed.timestamp ?? null }];
    expect(runWith(all)).toEqual({ taken: all, refused: [] });
  });
});

import { startRig, type Rig, type RigOptions } from '../helpers/rig';

/** A rig of the block of tests that calls this: up before its first test, closed after its last one. */
export function withRig(options: RigOptions = {}): Omit<Rig, 'close'> {
  let started: Rig | undefined;
  beforeAll(async () => {
    started = await startRig(options);
  }, 120_000);
  afterAll(() => started?.close());
  const rig = (): Rig => {
    if (started === undefined) throw new Error('Cannot use the rig yet: it starts before the first test; use it within one');
    return started;
  };
  return {
    get client() {
      return rig().client;
    },
    get simulator() {
      return rig().simulator;
    },
    get store() {
      return rig().store;
    },
    get taskQueue() {
      return rig().taskQueue;
    },
    get log() {
      return rig().log;
    },
    start: (pipeline, input, runOptions) => rig().start(pipeline, input, runOptions),
    servePool: () => rig().servePool(),
    whileAway: (body) => rig().whileAway(body),
  };
}

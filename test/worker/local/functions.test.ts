import { Socket } from 'node:net';

import { createFunctions, functionsLine } from '../../../worker/local/functions';

function rig() {
  let time = 10_000;
  const lines: string[] = [];
  const signals: Array<readonly [number, string]> = [];
  const functions = createFunctions({
    takesMs: 26_000,
    say: (line) => lines.push(line),
    onChange: () => undefined,
    now: () => time,
    signal: (pid, signal) => void signals.push([pid, signal]),
  });
  const isNeeded = (pid: number, socket = new Socket(), buildId = 'b1') =>
    functions.arrived(socket, { type: 'function', pid, buildId, startedAt: time });
  const arrive = (pid: number) => {
    const socket = new Socket();
    expect(isNeeded(pid, socket)).toBe(true);
    return socket;
  };
  return { functions, lines, signals, arrive, isNeeded, pass: (ms: number) => (time += ms) };
}

describe('createFunctions()', () => {
  test('tells of each start and end, and adds up the seconds', () => {
    const { functions, lines, arrive, pass } = rig();
    const first = arrive(11);
    pass(4_200);
    functions.ends(first, { type: 'functionEnds', reason: 'idle', workflowTasks: 3, activities: 7 });
    functions.drains(first);
    const second = arrive(12);
    functions.gone(first);
    pass(1_000);
    functions.gone(second);
    functions.gone(new Socket());
    expect(lines).toEqual([
      'Function 1 started (build b1)',
      'Function 2 started (build b1)',
      'Function 1 ended after 4.2 s: nothing to do; workflow tasks 3, activities 7',
      'Function 2 died after 1.0 s',
    ]);
    expect(functions.view()).toEqual({ running: [], started: 2, busySeconds: 5.2 });
  });

  test('needs one of a build that takes up tasks, and no more until it drains', () => {
    const { functions, lines, arrive, isNeeded } = rig();
    const first = arrive(11);
    expect(isNeeded(12)).toBe(false);
    expect(isNeeded(13, new Socket(), 'b2')).toBe(true);
    functions.drains(first);
    expect(isNeeded(14)).toBe(true);
    expect(functions.view()).toMatchObject({ running: [11, 13, 14], started: 3 });
    expect(lines).toHaveLength(3);
  });

  test('needs another one when the one that takes up tasks is about to end', () => {
    const { functions, arrive, isNeeded, pass } = rig();
    arrive(11);
    pass(23_900);
    expect(isNeeded(12)).toBe(false);
    pass(200);
    expect(isNeeded(13)).toBe(true);
    expect(isNeeded(14)).toBe(false);
    expect(functions.view()).toMatchObject({ running: [11, 13] });
  });

  test('stop() ends those that run, kills what stays, and needs no others', async () => {
    const { functions, signals, arrive, isNeeded, pass } = rig();
    const quick = arrive(11);
    functions.drains(quick);
    arrive(12);
    const stopping = functions.stop(100);
    functions.gone(quick);
    expect(isNeeded(13)).toBe(false);
    pass(200);
    await stopping;
    expect(signals).toEqual([
      [11, 'SIGTERM'],
      [12, 'SIGTERM'],
      [12, 'SIGKILL'],
    ]);
  });
});

describe('functionsLine()', () => {
  test('says that nothing runs, or how many do', () => {
    expect(functionsLine({ running: [], started: 2, busySeconds: 5.2 })).toBe(
      'Serverless, scaled to zero: the server wakes a function when there is work (2 started so far, 5.2 s busy)',
    );
    expect(functionsLine({ running: [1, 2], started: 3, busySeconds: 0 })).toBe('Serverless, 2 running now (3 started so far, 0.0 s busy)');
  });
});

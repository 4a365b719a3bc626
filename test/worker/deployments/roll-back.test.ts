import type { DeploymentView, VersionView } from '../../../worker/deployments/describe';
import { buildBefore } from '../../../worker/deployments/roll-back';

const version = (buildId: string, lastCurrentAt: number | null): VersionView => ({
  buildId,
  lastCurrentAt,
  state: 'inactive',
  compute: 'subprocess',
  createdAt: 0,
});

const view = (changes: Partial<DeploymentView>): DeploymentView => ({
  deployment: 'troupe',
  current: 'c',
  currentSince: 30,
  ramping: null,
  versions: [version('d', null), version('c', 30), version('b', 20), version('a', 10)],
  ...changes,
});

const marks = (left: Readonly<Record<string, number>>) => (buildId: string) => Promise.resolve(left[buildId]);

describe('buildBefore()', () => {
  test('is the build that was current last before this one', async () => {
    expect(await buildBefore(view({}), marks({}))).toBe('b');
  });

  test('is none that has been rolled back itself', async () => {
    const versions = [version('c', 30), version('b', 40), version('a', 10)];
    expect(await buildBefore(view({ current: 'b', versions }), marks({ c: 30 }))).toBe('a');
  });

  test('is one that was rolled back and promoted again later', async () => {
    const versions = [version('d', 60), version('c', 50), version('b', 40), version('a', 10)];
    expect(await buildBefore(view({ current: 'd', versions }), marks({ c: 30 }))).toBe('c');
  });

  test('is unknown when no other build was ever current, or each has been rolled back', async () => {
    expect(await buildBefore(view({ versions: [version('d', null), version('c', 30)] }), marks({}))).toBeUndefined();
    expect(await buildBefore(view({}), marks({ b: 20, a: 10 }))).toBeUndefined();
  });
});

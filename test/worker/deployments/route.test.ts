import type { DeploymentView, VersionView } from '../../../worker/deployments/describe';
import { rollbackOf } from '../../../worker/deployments/route';

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
  ramping: null,
  versions: [version('d', null), version('c', 30), version('b', 20), version('a', 10)],
  ...changes,
});

describe('rollbackOf()', () => {
  test('goes back to the build that was current last before this one', () => {
    expect(rollbackOf(view({}))).toMatchObject({ kind: 'promote', version: { buildId: 'b' } });
  });

  test('takes an open ramp back first', () => {
    expect(rollbackOf(view({ ramping: { buildId: 'd', percentage: 10 } }))).toEqual({ kind: 'endRamp' });
  });

  test('has nowhere to go when no other build was ever current', () => {
    expect(rollbackOf(view({ versions: [version('d', null), version('c', 30)] }))).toBeUndefined();
  });
});

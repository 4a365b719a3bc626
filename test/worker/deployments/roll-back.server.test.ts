import { randomUUID } from 'node:crypto';

import { Connection } from '@temporalio/client';

import { rollback, status } from '../../../client/cli/commands/deploy';
import { describeDeployment, type DeploymentView } from '../../../worker/deployments/describe';
import type { DeploymentPlace } from '../../../worker/deployments/place';
import { promote, ramp } from '../../../worker/deployments/route';
import { rollBack } from '../../../worker/deployments/roll-back';
import { startTestServer, type TestServer } from '../../helpers/temporal';

describe('rollBack()', () => {
  let server: TestServer;
  let connection: Connection;
  let place: DeploymentPlace;
  beforeAll(async () => {
    server = await startTestServer();
    connection = await Connection.connect({ address: server.address });
  });
  afterAll(async () => {
    await connection.close();
    await server.close();
  });

  /** A deployment with builds that nothing is started for. */
  beforeEach(async () => {
    const { workflowService: service } = connection;
    const { namespace } = server;
    const deployment = `roll-back-${randomUUID().slice(0, 8)}`;
    place = { service, namespace, deployment, identity: 'test' };
    await service.createWorkerDeployment({ namespace, deploymentName: deployment, identity: 'test', requestId: randomUUID() });
    for (const buildId of ['a', 'b', 'c', 'd']) {
      const deploymentVersion = { deploymentName: deployment, buildId };
      await service.createWorkerDeploymentVersion({ namespace, deploymentVersion, identity: 'test', requestId: randomUUID() });
    }
  });

  async function view(): Promise<DeploymentView> {
    const found = await describeDeployment(place);
    if (found === undefined) throw new Error('no deployment');
    return found;
  }
  const promoteAll = async (...buildIds: string[]) => {
    for (const buildId of buildIds) await promote(place, buildId);
  };
  const back = async () => (await rollBack(place, await view()))?.buildId;

  test('again and again leads back build by build, and then changes nothing', async () => {
    await promoteAll('a', 'b', 'c');
    expect([await back(), await back(), await back()]).toEqual(['b', 'a', undefined]);
    expect((await view()).current).toBe('a');
  });

  test('a build that is promoted after a rollback has before it what was current then', async () => {
    await promoteAll('a', 'b', 'c');
    expect(await back()).toBe('b');
    await promoteAll('d');
    expect([await back(), await back()]).toEqual(['b', 'a']);
    await promoteAll('c');
    expect(await back()).toBe('a');
  });

  test('a promotion of an older build is taken back like any other', async () => {
    await promoteAll('a', 'b', 'a');
    expect([await back(), await back()]).toEqual(['b', undefined]);
  });

  test('an open ramp ends first', async () => {
    await promoteAll('a', 'b');
    await ramp(place, 'c', 10);
    expect(await rollBack(place, await view())).toEqual({ kind: 'rampEnded', buildId: 'c' });
    expect(await view()).toMatchObject({ current: 'b', ramping: null });
    expect(await back()).toBe('a');
  });

  test('the command says where it leads, and what to do when that is not known', async () => {
    const before = process.env['TEMPORAL_ADDRESS'];
    process.env['TEMPORAL_ADDRESS'] = server.address;
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const flags = { name: place.deployment };
      await promoteAll('a', 'b');
      await rollback(flags);
      expect(said.mock.calls.join('')).toContain('All new runs go to build a again');
      await expect(rollback(flags)).rejects.toThrow(
        `Cannot roll back: no build of "${place.deployment}" is known that was current before "a" and has not been rolled back itself; ` +
          'promote the build you want with "npx troupe deploy promote --build-id ID"; others than it: d, c, b',
      );
      await status(flags);
      expect(said.mock.calls.join('')).toContain('new runs go to build a');
    } finally {
      said.mockRestore();
      if (before === undefined) delete process.env['TEMPORAL_ADDRESS'];
      else process.env['TEMPORAL_ADDRESS'] = before;
    }
  });
});

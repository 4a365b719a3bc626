import { randomUUID } from 'node:crypto';

import { Connection } from '@temporalio/client';

import { rollback } from '../../../client/cli/commands/deploy';
import { describeDeployment } from '../../../worker/deployments/describe';
import type { DeploymentPlace } from '../../../worker/deployments/place';
import { promote } from '../../../worker/deployments/route';
import { startTestServer, type TestServer } from '../../helpers/temporal';

describe('troupe deploy rollback', () => {
  let server: TestServer;
  let connection: Connection;
  let place: DeploymentPlace;
  const given = process.env['TEMPORAL_ADDRESS'];
  beforeAll(async () => {
    server = await startTestServer();
    connection = await Connection.connect({ address: server.address });
    const { workflowService: service } = connection;
    const { namespace } = server;
    const deployment = `roll-back-${randomUUID().slice(0, 8)}`;
    place = { service, namespace, deployment, identity: 'test' };
    await service.createWorkerDeployment({ namespace, deploymentName: deployment, identity: 'test', requestId: randomUUID() });
    process.env['TEMPORAL_ADDRESS'] = server.address;
  });
  afterAll(async () => {
    if (given === undefined) delete process.env['TEMPORAL_ADDRESS'];
    else process.env['TEMPORAL_ADDRESS'] = given;
    await connection.close();
    await server.close();
  });

  /** A build that nothing is started for. */
  async function make(buildId: string): Promise<void> {
    const deploymentVersion = { deploymentName: place.deployment, buildId };
    await place.service.createWorkerDeploymentVersion({
      namespace: place.namespace,
      deploymentVersion,
      identity: 'test',
      requestId: randomUUID(),
    });
    await promote(place, buildId);
  }
  const current = async () => (await describeDeployment(place))?.current;

  test('again leads back to the build before that, and then refuses and changes nothing', async () => {
    for (const buildId of ['a', 'b', 'c']) await make(buildId);
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await rollback({ name: place.deployment });
      await rollback({ name: place.deployment });
      expect(said.mock.calls.join('')).toMatch(/go to build b again\n.*go to build a again\n/);
    } finally {
      said.mockRestore();
    }
    await expect(rollback({ name: place.deployment })).rejects.toThrow(
      `Cannot roll back: no build of "${place.deployment}" is known that was current before "a" and has not been rolled back itself; ` +
        'promote the build you want with "npx troupe deploy promote --build-id ID"; others than it: c, b',
    );
    expect(await current()).toBe('a');
  });
});

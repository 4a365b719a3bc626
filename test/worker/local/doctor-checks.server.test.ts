import { readSettings } from '../../../common/settings';
import { checkTemporalAddress } from '../../../worker/local/doctor-checks';
import { startTestServer, type TestServer } from '../../helpers/temporal';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
}, 600_000);

afterAll(() => server.close());

const check = (namespace: string) => {
  const env = { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: namespace };
  return checkTemporalAddress({ env, settings: readSettings(env) });
};

describe('checkTemporalAddress()', () => {
  test('is content with a server that has the namespace', async () => {
    await expect(check('default')).resolves.toEqual({
      name: 'Temporal server',
      status: 'ok',
      detail: `${server.address}, namespace default`,
      fix: null,
    });
  });

  test('fails for a namespace that the server does not have', async () => {
    await expect(check('nowhere')).resolves.toMatchObject({ status: 'fail', detail: expect.stringContaining('nowhere') });
  });
});

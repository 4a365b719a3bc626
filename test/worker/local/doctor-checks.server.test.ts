import { readSettings } from '../../../common/settings';
import { checkTemporalAddress, type DoctorCheck } from '../../../worker/local/doctor-checks';
import { until } from '../../helpers/until';
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

/** Until it says these words: it gives a server three seconds, and a busy machine may need longer. */
async function checked(namespace: string, words: string): Promise<DoctorCheck | undefined> {
  let found: DoctorCheck | undefined;
  await until(async () => (found = await check(namespace)).detail.includes(words));
  return found;
}

describe('checkTemporalAddress()', () => {
  test('is content with a server that has the namespace', async () => {
    expect(await checked('default', 'namespace default')).toEqual({
      name: 'Temporal server',
      status: 'ok',
      detail: `${server.address}, namespace default`,
      fix: null,
    });
  });

  test('fails for a namespace that the server does not have', async () => {
    expect(await checked('nowhere', 'nowhere')).toMatchObject({ status: 'fail' });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { stackToServe } from '../../../client/cli/stack-to-serve';
import { stackFiles, writeStackInfo, type StackInfo } from '../../../worker/local/stack-files';

const SIMULATED: StackInfo = {
  pid: 1,
  socket: 'supervisor.sock',
  temporal: '127.0.0.1:7300',
  namespace: 'default',
  ui: null,
  claude: 'http://127.0.0.1:7400',
  simulated: true,
  store: '/data/store',
  processes: { temporal: 2, simulator: 3, worker: null },
  functions: null,
  serverless: null,
};
const REAL: StackInfo = { ...SIMULATED, claude: null, simulated: false };

describe('stackToServe()', () => {
  const before = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-to-serve-'));
    const { PATH, HOME } = before;
    process.env = { PATH, HOME, TROUPE_DATA: folder, TEMPORAL_CONFIG_FILE: path.join(folder, 'none.toml') };
  });
  afterEach(() => {
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is nothing without a stack, and nothing when a server is named', () => {
    expect(stackToServe()).toBeUndefined();
    writeStackInfo(stackFiles(folder), SIMULATED);
    process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:7233';
    expect(stackToServe()).toBeUndefined();
  });

  it('takes server, store and simulator of the stack, whatever key is at hand', () => {
    writeStackInfo(stackFiles(folder), SIMULATED);
    process.env['ANTHROPIC_API_KEY'] = 'key';
    expect(stackToServe()).toMatchObject({
      server: { address: '127.0.0.1:7300', namespace: 'default' },
      env: {
        TEMPORAL_ADDRESS: '127.0.0.1:7300',
        TROUPE_STORE: '/data/store',
        TROUPE_SIMULATED: '1',
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:7400',
      },
    });
  });

  it.each([{}, { TROUPE_SIMULATED: '1', ANTHROPIC_BASE_URL: 'http://127.0.0.1:7500' }])(
    'simulates nothing in a stack that asks Claude, also from a shell that would: %j',
    (shell) => {
      writeStackInfo(stackFiles(folder), REAL);
      Object.assign(process.env, shell);
      expect(stackToServe()?.env).toMatchObject({ TROUPE_SIMULATED: '0', ANTHROPIC_BASE_URL: undefined });
    },
  );
});

/**
 * `unit` needs no server and runs in seconds; `server` shares one local Temporal server; `long` does so too, and waits for crashes to be noticed:
 * it is run by `npm run test:long` and not by `npm test`. `opt-in` needs compilers that few machines have: `npm run test:lambda`.
 */
const transform = {
  '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
};
const shared = { transform, testEnvironment: 'node', modulePathIgnorePatterns: ['<rootDir>/dist'] };

const withServer = {
  globalSetup: '<rootDir>/test/helpers/global-setup.ts',
  globalTeardown: '<rootDir>/test/helpers/global-teardown.ts',
};

module.exports = {
  // Tests mostly wait: for a server, a simulator, a killed worker to be missed.
  maxWorkers: 3,
  // A worker keeps what every file has loaded; over this it is replaced.
  workerIdleMemoryLimit: '1GB',
  // A busy machine is no failure; what must be quick says so itself.
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/helpers/count-reporter.js'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.(server|long|opt-in)\\.test\\.ts$'],
    },
    { ...shared, ...withServer, displayName: 'server', testMatch: ['<rootDir>/test/**/*.server.test.ts'] },
    { ...shared, ...withServer, displayName: 'long', testMatch: ['<rootDir>/test/**/*.long.test.ts'] },
    { ...shared, displayName: 'opt-in', testMatch: ['<rootDir>/test/**/*.opt-in.test.ts'] },
  ],
};

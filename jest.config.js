/** Two projects: `unit` needs no server and runs in seconds; `server` shares one local Temporal server. */
const transform = {
  '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
};
const shared = { transform, testEnvironment: 'node', modulePathIgnorePatterns: ['<rootDir>/dist'] };

module.exports = {
  maxWorkers: 2,
  // A busy machine is no failure; what must be quick says so itself.
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/helpers/count-reporter.js'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.server\\.test\\.ts$'] },
    {
      ...shared,
      displayName: 'server',
      testMatch: ['<rootDir>/test/**/*.server.test.ts'],
      globalSetup: '<rootDir>/test/helpers/global-setup.ts',
      globalTeardown: '<rootDir>/test/helpers/global-teardown.ts',
    },
  ],
};

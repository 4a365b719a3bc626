/** Two projects: `unit` needs no server and runs in seconds; `server` shares one local Temporal server. */
const transform = {
  '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
};
const shared = { transform, testEnvironment: 'node', modulePathIgnorePatterns: ['<rootDir>/dist'] };

module.exports = {
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/helpers/count-reporter.js'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.server\\.test\\.ts$'] },
    { ...shared, displayName: 'server', testMatch: ['<rootDir>/test/**/*.server.test.ts'] },
  ],
};

const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};

/** Tests that need Postgres or Temporal: both are started once for all of them. */
const withServices = ['database', 'workflow', 'replay', 'http', 'inbox', 'client', 'setup', 'end-to-end'].map(
  (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
);

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'alone',
      testMatch: ['<rootDir>/test/**/*.test.ts', ...withServices.map((pattern) => `!${pattern}`)],
    },
    {
      ...shared,
      displayName: 'services',
      testMatch: withServices,
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};

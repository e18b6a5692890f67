/** Folders of tests that need Postgres or Temporal: both are started once for all of them. */
const WITH_SERVICES = [
  'client',
  'database',
  'demo',
  'end-to-end',
  'faults',
  'http',
  'inbox',
  'late-truth',
  'outages',
  'replay',
  'setup',
  'stop',
  'sweep',
  'workflow',
];

const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'alone',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: WITH_SERVICES.map((folder) => `<rootDir>/test/${folder}/`),
    },
    {
      ...shared,
      displayName: 'services',
      testMatch: WITH_SERVICES.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};

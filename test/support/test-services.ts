/** What global setup has started. */
export interface TestServices {
  /** An administrator's connection string: `database.ts` clones databases with it. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly workflowBundlePath: string;
}

/** @throws Error when the file runs outside of the Jest project that has the global setup. */
export function testServices(): TestServices {
  return {
    databaseUrl: variable('TEST_DATABASE_URL'),
    temporalAddress: variable('TEST_TEMPORAL_ADDRESS'),
    workflowBundlePath: variable('TEST_WORKFLOW_BUNDLE'),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: this test belongs to the project "services" of jest.config.mjs`);
  }
  return value;
}

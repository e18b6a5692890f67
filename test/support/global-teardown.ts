import { TEST_RESOURCES, type WithTestResources } from './test-resources';

/** Stops what global setup started. */
export default async function globalTeardown(): Promise<void> {
  const problems = (await (globalThis as WithTestResources)[TEST_RESOURCES]?.stopAll()) ?? [];
  if (problems.length > 0) {
    throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
  }
}

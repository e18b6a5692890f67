import { type ResourceStack } from '../../src/resource-stack';

/** Where global setup leaves what global teardown stops: both run in the process that starts Jest. */
export const TEST_RESOURCES = Symbol.for('posthorn test resources');

export type WithTestResources = typeof globalThis & { [TEST_RESOURCES]?: ResourceStack };

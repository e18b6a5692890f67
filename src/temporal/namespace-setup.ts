import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';

/** How long closed workflows stay visible in a namespace that posthorn makes. */
const RETENTION = '7 days';

/** Source: https://grpc.io/docs/guides/status-codes/ */
const NOT_FOUND = 5;

/** A new namespace takes some seconds to be known everywhere; asked for every so often, in milliseconds. */
const KNOWN_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 500;

/**
 * Makes the client's namespace when there is none.
 * @returns whether it was made.
 */
export async function ensureNamespace(client: Client): Promise<boolean> {
  if (await hasNamespace(client)) {
    return false;
  }
  const { namespace } = client.options;
  await client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(RETENTION),
  });
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  while (!(await hasNamespace(client))) {
    if (Date.now() > deadline) {
      throw new Error(`Temporal took the namespace ${namespace} but does not know it yet; run posthorn setup again.`);
    }
    await pause(ASK_EVERY_MS);
  }
  return true;
}

/** Whether the server knows the client's namespace. */
export async function hasNamespace(client: Client): Promise<boolean> {
  try {
    // A namespace can be described before the rest of the server knows it; its search attributes are what is needed next.
    await client.connection.operatorService.listSearchAttributes({ namespace: client.options.namespace });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) {
      return false;
    }
    throw error;
  }
}

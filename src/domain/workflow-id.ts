const PREFIX = 'deliver-';

/** The Temporal workflow that delivers a message. Derived, so that either leads to the other. */
export function workflowIdFor(messageId: string): string {
  return `${PREFIX}${messageId}`;
}

/** The message that a workflow delivers; undefined for a workflow that delivers none. */
export function messageIdOf(workflowId: string): string | undefined {
  return workflowId.startsWith(PREFIX) ? workflowId.slice(PREFIX.length) : undefined;
}

/** The Temporal workflow that delivers a message. Derived, so that either leads to the other. */
export function workflowIdFor(messageId: string): string {
  return `deliver-${messageId}`;
}

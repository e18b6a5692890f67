import { type MessageEvidence } from '../evidence';
import { type Violation } from '../violation';
import { type Case } from './case';

/** Every accepted request has a row, and every row exactly one outcome or a workflow that is at work on it. */
export function checkRequests({ covered, evidence, messages }: Case): Violation[] {
  const { acceptedMessageIds = [], workflows } = evidence;
  const missing = acceptedMessageIds.filter((messageId) => !messages.has(messageId));
  return [
    ...missing.map((messageId) => ({
      kind: 'accepted_not_stored' as const,
      messageId,
      expected: 'a row of messages for what was answered 202',
      found: 'none',
    })),
    ...covered.flatMap((message) => [
      ...checkEnd(message, workflows.get(message.workflowId) ?? 'unknown'),
      ...checkWhole(message),
    ]),
  ];
}

function checkEnd({ messageId, outcome, status }: MessageEvidence, workflow: string): Violation[] {
  if (outcome === undefined && workflow !== 'running') {
    const found = `status ${status}, and ${workflow === 'ended' ? 'its workflow has ended' : 'Temporal knows no workflow'}`;
    return [{ kind: 'no_outcome', messageId, expected: 'an outcome, or a workflow that is running', found }];
  }
  if (outcome !== undefined && workflow === 'running') {
    const found = `outcome ${outcome.kind}, and its workflow is running`;
    return [{ kind: 'closed_but_running', messageId, expected: 'a workflow that has ended with its message', found }];
  }
  return [];
}

/** Status, outcome and time of the end belong together. */
function checkWhole({ closedAtMs, messageId, outcome, status }: MessageEvidence): Violation[] {
  const parts = [status === 'closed', outcome !== undefined, closedAtMs !== undefined];
  if (new Set(parts).size === 1) {
    return [];
  }
  const found = `status ${status}, outcome ${outcome?.kind ?? 'none'}, ${closedAtMs === undefined ? 'no time' : 'a time'}`;
  const expected = 'status closed, an outcome and the time of the end, or none of them';
  return [{ kind: 'outcome_incomplete', messageId, expected, found }];
}

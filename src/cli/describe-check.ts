import { type CheckReport } from '../checker/check-deployment';
import { type Violation } from '../checker/violation';
import { createTable } from './table';

/** What the checker found, for a person in front of a terminal. */
export function describeCheck({ checked, violations }: CheckReport): string {
  const { calls, creates, messages, receipts, underWay, webhooks, workflows } = checked;
  const lines = [
    `Compared: messages ${messages} (under way ${underWay}), messages at Twilio ${creates}, receipts ${receipts}, ` +
      `calls ${calls}, webhooks ${webhooks}, workflows ${workflows}.`,
    ...(violations.length === 0
      ? ['No violation.']
      : [violationTable(violations), `Violations: ${violations.length}.`]),
  ];
  return `${lines.join('\n')}\n`;
}

function violationTable(violations: readonly Violation[]): string {
  const table = createTable(['violation', 'about', 'expected', 'found']);
  for (const violation of violations) {
    table.push([violation.kind, aboutOf(violation), violation.expected, violation.found]);
  }
  return table.toString();
}

/** What helps to find it on all sides: our id of the attempt, and Twilio's SIDs from the message on. */
function aboutOf({ attempt, callSid, deliveryReceiptSid, messageId, messageSid, participantSid }: Violation): string {
  const ours = attempt === undefined ? messageId : `${messageId ?? ''}#${attempt}`;
  return [ours, messageSid, callSid, participantSid, deliveryReceiptSid].filter((part) => part !== undefined).join(' ');
}

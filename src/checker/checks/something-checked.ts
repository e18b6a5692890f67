import { type Violation } from '../violation';
import { type Case } from './case';

/** A check that had nothing to compare proves nothing. */
export function checkSomethingChecked({ evidence, log }: Case): Violation[] {
  const { acceptedMessageIds = [], attempts, messages } = evidence;
  const violations: Violation[] = [];
  if (evidence.log.length === 0) {
    violations.push({ kind: 'nothing_checked', expected: 'a log with entries', found: 'an empty one' });
  }
  if (acceptedMessageIds.length > 0 && messages.length === 0) {
    const expected = `rows of messages for ${acceptedMessageIds.length} accepted ones`;
    violations.push({ kind: 'nothing_checked', expected, found: 'none' });
  }
  const sent = attempts.filter(
    ({ messageSid, startedAtMs }) => messageSid !== undefined && startedAtMs >= log.beganAtMs,
  );
  if (sent.length > 0 && log.creates.length === 0) {
    const expected = `messages at Twilio for ${sent.length} attempts that have a SID`;
    violations.push({ kind: 'nothing_checked', expected, found: 'none in the log: is it the log of this simulator?' });
  }
  return violations;
}

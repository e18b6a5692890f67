import { type Create, legName, type LogFacts } from './log-facts';

/** How far a message came with one recipient, by all that Twilio ever said. */
export type Reach = 'read' | 'delivered' | 'refused' | 'unknown';

/** The handset's own word counts more than a refusal, and nothing takes it back. */
export function reachOf(statuses: ReadonlySet<string> | undefined): Reach {
  if (statuses?.has('read') === true) {
    return 'read';
  }
  if (statuses?.has('delivered') === true) {
    return 'delivered';
  }
  return statuses?.has('failed') === true || statuses?.has('undelivered') === true ? 'refused' : 'unknown';
}

/** Whether it is there. */
export function isReached(reach: Reach): boolean {
  return reach === 'read' || reach === 'delivered';
}

/**
 * How far each recipient of a message at Twilio was reached.
 * @param address of the one who counts; without it, or when nobody has it, everybody does.
 */
export function reachesOf({ statuses }: LogFacts, { messageSid, recipients }: Create, address?: string): Reach[] {
  const addressed = recipients.filter((recipient) => recipient.address === address);
  return (addressed.length === 0 ? recipients : addressed).map(({ participantSid }) =>
    reachOf(statuses.get(legName({ messageSid, participantSid }))),
  );
}

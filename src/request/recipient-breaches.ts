import { type Breach, type Fields } from './strict-object';

/** What a message into a conversation takes from each of its participants. */
const OF_PARTICIPANTS = ['from', 'channel'] as const;

/** A message is for one recipient or for everybody in a conversation, and only the first has a sender and a channel of its own. */
export function recipientBreaches(fields: Fields): Breach[] {
  const { conversationSid, to } = fields;
  if (conversationSid === undefined) {
    return to === undefined
      ? [
          {
            path: ['to'],
            message:
              'is missing: give the number of the recipient, such as "+12025550101" or "whatsapp:+12025550101", or conversationSid to write to everybody in a conversation',
          },
        ]
      : [];
  }
  const both: Breach[] =
    to === undefined
      ? []
      : [
          {
            path: ['conversationSid'],
            message: 'cannot go with to: give one of them, as a message has one kind of recipient',
          },
        ];
  const superfluous = OF_PARTICIPANTS.filter((field) => fields[field] !== undefined).map((field) => ({
    path: [field],
    message: `cannot go with conversationSid: remove it, as each participant is written to by its own channel and proxy address`,
  }));
  return [...both, ...superfluous];
}

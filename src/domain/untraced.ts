import { type TracedIdentifier } from './identifier';

interface Untraced {
  /** Where it was looked for, as a sentence part. */
  readonly lookedFor: string;
  readonly remedy: string;
}

const ACCEPTED_LATER = 'one that was sent without the API appears when a worker takes it';
const AT_TWILIO =
  'look at it in the Twilio Console, and check that posthorn and the Console are on the same account and service';
const NO_RECEIPT =
  'no receipt has told of it: it may be a message that posthorn did not send, or one whose receipt has not come yet; ' +
  'take the message (IM…) or the conversation (CH…) that it belongs to from the Twilio Console';

const UNTRACED: Readonly<Record<TracedIdentifier['kind'], Untraced>> = {
  message: { lookedFor: 'among the messages', remedy: `check that it was copied whole; ${ACCEPTED_LATER}` },
  callback: { lookedFor: 'among the callbacks', remedy: 'take an id of posthorn callbacks list' },
  run: {
    lookedFor: 'among the runs that Temporal still has of messages',
    remedy:
      'Temporal drops a run when the retention of its namespace is over, and lists a new one a moment after its start; ' +
      'the id of an HTTP request looks the same: take the message id or the workflow id from where this one was found',
  },
  CH: { lookedFor: 'among the conversations of all attempts', remedy: `no attempt went there: ${AT_TWILIO}` },
  MB: { lookedFor: 'among the participants of all attempts', remedy: `no attempt went to it: ${AT_TWILIO}` },
  IM: {
    lookedFor: 'among the messages of all attempts, and the replies that closed tasks',
    remedy: `somebody else wrote it, or it is an inbound message; posthorn webhooks shows what came; ${AT_TWILIO}`,
  },
  DY: { lookedFor: 'among the receipts', remedy: `it never came, or its message is not posthorn's; ${AT_TWILIO}` },
  CA: { lookedFor: 'among the calls of all attempts', remedy: `posthorn did not place it; ${AT_TWILIO}` },
  SM: { lookedFor: 'among the receipts, and the replies that closed tasks', remedy: NO_RECEIPT },
  MM: { lookedFor: 'among the receipts, and the replies that closed tasks', remedy: NO_RECEIPT },
  WA: { lookedFor: 'among the receipts, and the replies that closed tasks', remedy: NO_RECEIPT },
};

/** Says of an identifier that leads to no message where it was looked for, and what to do next. */
export function describeUntraced({ kind }: TracedIdentifier, name: string): string {
  const { lookedFor, remedy } = UNTRACED[kind];
  return `is ${name}; it was looked for ${lookedFor} and is not there: ${remedy}`;
}

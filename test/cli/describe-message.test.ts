import { describeMessage } from '../../src/cli/describe-message';
import { type MessageView } from '../../src/http/presenters/message';
import { type OutcomeView } from '../../src/http/presenters/outcome';

const MESSAGE: MessageView = {
  id: 'msg_1',
  workflowId: 'deliver-msg_1',
  status: 'closed',
  outcome: {
    kind: 'undeliverable',
    channel: 'sms',
    attempt: 1,
    errorCode: 30005,
    errorClass: 'recipient',
    reason: 'error 30005: the number is unknown or no longer in use',
    at: '2026-01-31T23:05:08.000Z',
  },
  to: '+12025550123',
  conversationSid: null,
  parent: null,
  children: [],
  channel: 'sms',
  category: 'alert',
  metadata: {},
  createdAt: '2026-01-31T23:05:06.007Z',
  timeZone: null,
  sendAt: null,
  expiresAt: null,
  ignoreQuietHours: null,
  held: null,
  dead: null,
  redrives: [],
  links: { self: '', cancel: '', acknowledge: '', redrive: '' },
  attempts: [
    {
      number: 1,
      channel: 'sms',
      conversationSid: 'CH1',
      participantSid: 'MB1',
      messageSid: 'IM1',
      callSid: null,
      status: 'undelivered',
      errorCode: 30005,
      errorClass: 'recipient',
      reason: 'the number is unknown or no longer in use',
      sentAt: '2026-01-31T23:05:07.000Z',
      statusAt: null,
      receipts: [],
    },
  ],
  corrections: [],
  timeline: [
    { at: '2026-01-31T23:05:06.007Z', kind: 'accepted' },
    { at: '2026-01-31T23:05:07.000Z', kind: 'handed_to_twilio', attempt: 1, messageSid: 'IM1' },
  ],
};

test('tells the story in local time, with the address masked', () => {
  const lines = describeMessage(MESSAGE, 'Europe/Berlin')
    .split('\n')
    .map((line) => line.trimEnd());
  expect(lines).toEqual([
    'msg_1  closed',
    'workflow  deliver-msg_1',
    'to        +1 202 ••• ••23  sms, alert, accepted 2026-02-01 00:05:06.007',
    'outcome   undeliverable on attempt 1: error 30005: the number is unknown or no longer in use',
    'next      Check the number with the recipient and correct it where it is kept.',
    '',
    'attempt  channel  status       error  sent                     status since  message or call  reason',
    '1        sms      undelivered  30005  2026-02-01 00:05:07.000                IM1              the number is unknown or no longer in use',
    '',
    'Times are those of Europe/Berlin.',
    'time                     attempt  what              details',
    '2026-02-01 00:05:06.007           accepted',
    '2026-02-01 00:05:07.000  1        handed_to_twilio  messageSid IM1',
    '',
  ]);
});

test('tells what a corrected outcome was', () => {
  const { outcome } = MESSAGE;
  const is = { ...outcome, kind: 'delivered', reason: 'it reached the handset of the recipient' } as OutcomeView;
  const correction = { was: outcome as OutcomeView, is, because: 'a late receipt', at: '2026-02-01T10:00:00.000Z' };
  expect(describeMessage({ ...MESSAGE, outcome: is, corrections: [correction] }, 'UTC')).toContain(
    'outcome   delivered on attempt 1: it reached the handset of the recipient\n' +
      '          corrected 2026-02-01 10:00:00.000, was undeliverable: a late receipt\n',
  );
});

test('an open message without attempts says so', () => {
  const text = describeMessage({ ...MESSAGE, status: 'sending', outcome: null, attempts: [] }, 'UTC');
  expect(text).toContain('outcome   none yet\n\nNo attempt was made.\n');
});

test.each<[OutcomeView['kind'], number, string[]]>([
  [
    'opted_out',
    0,
    ['opted_out before any attempt: why', 'Send nothing more in this scope until the recipient opts in again.'],
  ],
  [
    'suppressed',
    0,
    ['suppressed before any attempt: why', 'Correct the address where it is kept, or lift the suppression.'],
  ],
  [
    'expired',
    2,
    ['expired on attempt 2: why', 'Send a new message if it is still wanted, or give the next ones more time.'],
  ],
  ['delivered', 1, ['delivered on attempt 1: why']],
])('says how a message ended that is %s, and what to do next unless it arrived', (kind, attempt, expected) => {
  const outcome = { kind, attempt, channel: 'sms', errorCode: null, errorClass: null, reason: 'why', at: '' };
  const lines = describeMessage({ ...MESSAGE, outcome }, 'UTC').split('\n');
  const told = lines.filter((line) => /^(outcome|next) /.test(line)).map((line) => line.slice('outcome   '.length));
  expect(told).toEqual(expected);
});

test('what to mend comes before what the error code says, when the message is dead', () => {
  const dead = { cause: 'configuration', remedy: 'Mend the sender.' } as const;
  expect(describeMessage({ ...MESSAGE, dead }, 'UTC')).toContain('next      Mend the sender.\n');
});

import { describeMessage } from '../../src/demo/describe-message';
import { type AttemptView } from '../../src/http/presenters/attempt';
import { type MessageView } from '../../src/http/presenters/message';

function attempt(fields: Partial<AttemptView>): AttemptView {
  return {
    number: 1,
    channel: 'sms',
    conversationSid: null,
    participantSid: null,
    messageSid: null,
    callSid: null,
    status: 'delivered',
    errorCode: null,
    errorClass: null,
    reason: null,
    sentAt: null,
    statusAt: null,
    receipts: [],
    ...fields,
  };
}

test('has a line for each attempt and one for the outcome', () => {
  const attempts = [attempt({ status: 'undelivered', errorCode: 30008 }), attempt({ number: 2, channel: 'whatsapp' })];
  const outcome = { kind: 'delivered' } as MessageView['outcome'];
  expect(describeMessage({ attempts, outcome })).toEqual([
    '1 sms undelivered 30008',
    '2 whatsapp delivered',
    '→ delivered',
  ]);
});

test('says so when there is no outcome', () => {
  expect(describeMessage({ attempts: [], outcome: null })).toEqual(['→ no outcome']);
});

import { type MessageContent } from '../../src/domain/send-request';
import { parseSid } from '../../src/domain/sid';
import { CONVERSATION, MESSAGE_SID, NOON_MS, walk } from './support/hand-over-fakes';

const { conversationSid } = CONVERSATION;
const granted = { createId: 'create-1', conversation: CONVERSATION };
const HOUR_MS = 3_600_000;
const ago = (milliseconds: number): string => new Date(NOON_MS - milliseconds).toISOString();
const text: MessageContent = { body: 'hello' };
const whatsappTemplate = { contentSid: parseSid(`HX${'a'.repeat(32)}`, 'HX'), variables: {} };

it('refuses a text at once where the window is known to be closed, and asks Twilio for nothing', async () => {
  const grants = [{ ...granted, lastInboundAt: ago(25 * HOUR_MS) }];
  const { calls, result } = walk({ grants, creates: [] }, { overWhatsApp: text });
  await expect(result).resolves.toMatchObject({ kind: 'refused', errorCode: 63016, errorClass: 'message' });
  expect(calls).toEqual(['begin', 'withdraw create-1']);
});

it.each([
  ['open', ago(HOUR_MS)],
  ['unknown', undefined],
])('posts a text where it is %s', async (_window, lastInboundAt) => {
  const grants = [{ ...granted, ...(lastInboundAt === undefined ? {} : { lastInboundAt }) }];
  const { posted, result } = walk({ grants, creates: [MESSAGE_SID] }, { overWhatsApp: text });
  await expect(result).resolves.not.toHaveProperty('isTemplate');
  expect(posted).toEqual([text]);
});

it('posts the template in place of the text, in one request, and says so', async () => {
  const grants = [{ ...granted, lastInboundAt: ago(25 * HOUR_MS) }];
  const overWhatsApp = { ...text, whatsappTemplate };
  const { calls, posted, result } = walk({ grants, creates: [MESSAGE_SID] }, { overWhatsApp });
  await expect(result).resolves.toMatchObject({ kind: 'handed_over', isTemplate: true });
  expect(posted).toEqual([{ template: whatsappTemplate }]);
  expect(calls).toEqual(['begin', `create in ${conversationSid}`, 'record']);
});

it('looks for the message of an earlier try first, whatever the window is', async () => {
  const openCreate = { createId: 'create-0', ageMs: 60_000 };
  const grants = [{ openCreate, conversation: CONVERSATION, lastInboundAt: ago(25 * HOUR_MS) }];
  const { result } = walk({ grants, creates: [], finds: [MESSAGE_SID] }, { overWhatsApp: text });
  await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID });
});

describe('a pool', () => {
  const pool = ['+12025550110', '+12025550111'];
  const senders = { pools: [{ channel: 'sms', senders: pool }] } as const;

  it('opens the conversation from the sender that the recipient knows', async () => {
    const { result, sentFrom } = walk(
      { grants: [{ sender: '+12025550199' }, granted], opens: [CONVERSATION], creates: [MESSAGE_SID] },
      { senders },
    );
    await result;
    expect(sentFrom).toEqual(['+12025550199']);
  });

  it('costs no round trip more', async () => {
    const { calls, result } = walk({ grants: [granted], creates: [MESSAGE_SID] }, { senders });
    await result;
    expect(calls).toEqual(['begin', `create in ${conversationSid}`, 'record']);
  });
});

import { createStoreInboundWord } from '../../activities/store-inbound-word';
import { type Inbound } from '../../src/database/conversation-store';
import { notingInbound } from '../../src/inbox/note-inbound';
import { type InboundText } from '../../src/inbox/accept-inbound';
import { newSid, RECIPIENT, SENDER } from '../support/database-fixtures';

const happened: unknown[] = [];
beforeEach(() => void happened.splice(0));
const conversations = {
  noteInbound: ({ at, from, writtenTo }: Inbound) => Promise.resolve(void happened.push({ at, from, writtenTo })),
};
const inbound: InboundText = {
  channel: 'whatsapp',
  from: RECIPIENT,
  writtenTo: { sender: SENDER },
  text: 'hello',
  evidence: newSid('IM'),
  at: '2026-01-02T03:04:05.000Z',
  isDatedByTwilio: true,
};
const noted = { at: inbound.at, from: RECIPIENT, writtenTo: { sender: SENDER } };

test('a message on WhatsApp is noted before anything else is done with it, and one by SMS is not', async () => {
  const accept = notingInbound(
    () => Promise.resolve(happened.push('accepted') > 0 ? 'no_word' : 'near_word'),
    conversations,
  );
  await expect(accept(inbound)).resolves.toBe('no_word');
  await accept({ ...inbound, channel: 'sms' });
  expect(happened).toEqual([noted, 'accepted', 'accepted']);
});

test('what Temporal has kept is noted with the time when it was said, whatever it was', async () => {
  const store = createStoreInboundWord({
    conversations,
    recordWord: ({ word }) => {
      happened.push(word);
      return Promise.resolve({ isNew: true });
    },
    takeReply: () => {
      happened.push('reply');
      return Promise.resolve(undefined);
    },
  });
  const { at, channel, evidence, from, writtenTo } = inbound;
  await store({ word: 'none', at, evidence, from, writtenTo });
  await store({ word: 'stop', at, channel, evidence, from, writtenTo });
  const conversationSid = newSid('CH');
  await store({ word: 'acknowledge', at, evidence, from, conversationSid });
  expect(happened).toEqual([noted, noted, 'stop', { ...noted, writtenTo: { conversationSid } }, 'reply']);
});

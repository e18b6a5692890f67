import { until } from '../support/until';
import { PERSON, SENDER } from './support/identifiers';
import { useSimulator } from './support/use-simulator';

let whatsAppWindowMs: number | undefined;
const fixture = useSimulator(() => (whatsAppWindowMs === undefined ? {} : { whatsAppWindowMs }));
const [WRITER, WRITTEN_TO] = [`whatsapp:${PERSON}`, `whatsapp:${SENDER}`];
const CONTENT_SID = `HX${'a'.repeat(32)}`;

/** What becomes of a message: its last receipt. */
async function outcomeOf(conversationSid: string, message: { body: string } | { contentSid: string }) {
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: messageSid } = await messages.create(message);
  await fixture.simulator().control.whenIdle();
  const [receipt] = await messages(messageSid).deliveryReceipts.list();
  return receipt?.status === 'failed' ? receipt.errorCode : receipt?.status;
}

const write = () => fixture.simulator().control.receiveInbound({ from: WRITER, to: WRITTEN_TO, body: 'hello' });

describe('with a window', () => {
  beforeAll(() => void (whatsAppWindowMs = 3_600_000));

  test('WhatsApp takes no text before the person has written, and a template at any time', async () => {
    const conversationSid = await fixture.conversationWith(WRITER, WRITTEN_TO);
    expect(await outcomeOf(conversationSid, { body: 'hello' })).toBe(63016);
    expect(await outcomeOf(conversationSid, { contentSid: CONTENT_SID })).toBe('delivered');
    write();
    expect(await outcomeOf(conversationSid, { body: 'hello' })).toBe('delivered');
  });

  test('SMS has none', async () => {
    const conversationSid = await fixture.conversationWith(PERSON, SENDER);
    expect(await outcomeOf(conversationSid, { body: 'hello' })).toBe('delivered');
  });

  test('a reset closes it', async () => {
    await fixture.conversationWith(WRITER, WRITTEN_TO);
    write();
    fixture.simulator().control.reset();
    expect(await outcomeOf(await fixture.conversationWith(WRITER, WRITTEN_TO), { body: 'hello' })).toBe(63016);
  });
});

describe('with a short window', () => {
  beforeAll(() => void (whatsAppWindowMs = 1));

  test('it closes by itself', async () => {
    const conversationSid = await fixture.conversationWith(WRITER, WRITTEN_TO);
    write();
    await until('the end of the window', async () => (await outcomeOf(conversationSid, { body: 'hello' })) === 63016);
  });
});

describe('without a window', () => {
  beforeAll(() => void (whatsAppWindowMs = undefined));

  test('every text gets through', async () => {
    const conversationSid = await fixture.conversationWith(WRITER, WRITTEN_TO);
    expect(await outcomeOf(conversationSid, { body: 'hello' })).toBe('delivered');
  });
});

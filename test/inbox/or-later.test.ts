import { DatabaseError, DatabaseUnavailableError } from '../../src/database/database-error';
import { type IncomingReceipt } from '../../src/database/inbox-store';
import { createTextReader } from '../../src/domain/opt-out-word';
import { type InboundText } from '../../src/inbox/accept-inbound';
import { deferringInbound, deferringReceipts } from '../../src/inbox/deferring';
import { orLater } from '../../src/inbox/or-later';
import { createLogger } from '../../src/telemetry/logger';
import { newCreated, newReceipt, newSid, RECIPIENT, SENDER } from '../support/database-fixtures';

const unavailable = new DatabaseUnavailableError({ message: 'the database is away' });
const logged: string[] = [];
const logger = createLogger({ level: 'debug', name: 'test', destination: { write: (line) => void logged.push(line) } });
beforeEach(() => void logged.splice(0));

test('what works is not kept', async () => {
  const later = jest.fn<Promise<string>, [number]>();
  await expect(orLater((item: number) => Promise.resolve(`done ${item}`), { later, logger })(1)).resolves.toBe(
    'done 1',
  );
  expect(later).not.toHaveBeenCalled();
});

test('what fails because the database is away is kept', async () => {
  const later = (item: number) => Promise.resolve(`kept ${item}`);
  await expect(orLater(() => Promise.reject(unavailable), { later, logger })(1)).resolves.toBe('kept 1');
});

test.each([
  new DatabaseError({ fault: 'refused', message: 'a NUL character' }),
  new DatabaseError({ fault: 'misconfigured', message: 'no such table' }),
  new Error('a mistake'),
])('what fails otherwise is not kept: $message', async (error) => {
  const later = jest.fn<Promise<string>, [number]>();
  await expect(orLater(() => Promise.reject(error), { later, logger })(1)).rejects.toBe(error);
  expect(later).not.toHaveBeenCalled();
});

test('what cannot be kept either fails as the database did', async () => {
  const later = () => Promise.reject(new Error('Temporal is away too'));
  await expect(orLater(() => Promise.reject(unavailable), { later, logger })(1)).rejects.toBe(unavailable);
});

describe('what Temporal is given', () => {
  const kept: unknown[] = [];
  const keep = (item: unknown): Promise<void> => {
    kept.push(item);
    return Promise.resolve();
  };
  const deps = { deferred: { keepReceipt: keep, keepWord: keep }, logger, readText: createTextReader(['en']) };
  const acceptInbound = deferringInbound(() => Promise.reject(unavailable), deps);
  const inbound: InboundText = {
    channel: 'sms',
    from: RECIPIENT,
    writtenTo: { sender: SENDER },
    text: 'Stop!',
    evidence: newSid('IM'),
    at: '2026-01-02T03:04:05.000Z',
    isDatedByTwilio: true,
  };
  beforeEach(() => void kept.splice(0));

  test('of a receipt is what posthorn knows, and no field that it does not know', async () => {
    const receipt: IncomingReceipt = newReceipt(newCreated(), { unknownFields: { Body: 'private' } });
    await deferringReceipts(() => Promise.reject(unavailable), deps)(receipt);
    const { unknownFields, ...known } = receipt;
    expect(kept).toEqual([known]);
    expect(unknownFields).toEqual({ Body: 'private' });
  });

  test('of a STOP is the class of word, and not the text', async () => {
    await expect(acceptInbound(inbound)).resolves.toBe('kept_for_later');
    const { text, isDatedByTwilio, ...rest } = inbound;
    expect(isDatedByTwilio).toBe(true);
    expect(kept).toEqual([{ ...rest, word: 'stop' }]);
    expect(JSON.stringify(kept)).not.toContain(text);
  });

  test('of any other message is nothing', async () => {
    await expect(acceptInbound({ ...inbound, text: 'See you at five.' })).resolves.toBe('no_word');
    expect(kept).toEqual([]);
  });

  test('of a message on WhatsApp is who wrote when, as that opens its window, and not the text', async () => {
    const hello = { ...inbound, channel: 'whatsapp', text: 'See you at five.' } as const;
    await expect(acceptInbound(hello)).resolves.toBe('kept_for_later');
    const { at, evidence, from, writtenTo } = inbound;
    expect(kept).toEqual([{ word: 'none', at, evidence, from, writtenTo }]);
  });

  test('is not in the log', async () => {
    await acceptInbound(inbound);
    expect(logged.join('')).not.toContain(RECIPIENT);
    expect(logged.join('')).toContain('Temporal keeps a webhook');
  });
});

import { type CallStore } from '../../src/database/call-store';
import { createIdentifierLog } from '../../src/telemetry/identifiers/identifier-log';
import { loggingCalls, loggingVoice } from '../../src/telemetry/identifiers/logging-calls';
import { loggingGateway } from '../../src/telemetry/identifiers/logging-gateway';
import { loggingWebhooks } from '../../src/telemetry/identifiers/logging-tracer';
import { createLogger } from '../../src/telemetry/logger';
import { type CallSnapshot, type VoiceGateway } from '../../src/twilio/voice-gateway';
import { newMessage, newSid } from '../support/database-fixtures';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
});
/** No phone number, and nothing of what is said. */
afterEach(() => expect(JSON.stringify(lines)).not.toMatch(/1202555\d{4}|Response|secret/));

const log = () => {
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return createIdentifierLog(createLogger({ level: 'debug', name: 'test', destination }));
};

const [callSid, conversationSid, participantSid] = [newSid('CA'), newSid('CH'), newSid('MB')];
const NUMBERS = { to: '+12025550101', from: '+12025550100' };
const KEY = { messageId: 'msg_1', attempt: 2, step: 1 };
const SNAPSHOT: CallSnapshot = { callSid, status: 'ringing', createdAt: '', updatedAt: '' };

test('a call is logged when it is placed, found, read, redirected and ended, with its message', async () => {
  const gateway: VoiceGateway = {
    placeCall: () => Promise.resolve(callSid),
    findCalls: () => Promise.resolve([SNAPSHOT]),
    fetchCall: () => Promise.resolve(SNAPSHOT),
    endCall: () => Promise.resolve(SNAPSHOT),
    redirectCall: () => Promise.resolve(true),
  };
  const voice = loggingVoice(gateway, { log: log(), currentMessageId: () => 'msg_1' });
  const call = { ...NUMBERS, key: KEY, conversationSid, ringTimeoutSeconds: 5, timeLimitSeconds: 5 };
  await voice.placeCall({ ...call, instructions: { kind: 'inline', twiml: '<Response/>' }, detectMachine: 'no' });
  await voice.findCalls({ ...NUMBERS, notBefore: new Date(0), notAfter: new Date(0) });
  await voice.fetchCall(callSid);
  await voice.redirectCall(callSid, '<Response>secret</Response>');
  await voice.endCall(callSid);
  const { messageId } = KEY;
  expect(lines).toMatchObject([
    { identifiers: 'created', messageId, attempt: 2, conversationSid, callSid },
    { identifiers: 'received', messageId, callSid },
    { identifiers: 'used', messageId, callSid },
    { identifiers: 'used', messageId, callSid },
    { identifiers: 'used', messageId, callSid },
  ]);
});

test('a call is logged when its attempt begins, gets it, and hears of it for the first time', async () => {
  const grant = { sender: NUMBERS.from, conversationSid, participantSid, createId: 'x' };
  const store = {
    begin: () => Promise.resolve(grant),
    recordPlaced: () => Promise.resolve(),
    storeEvent: ({ attempt }: { attempt: number }) => Promise.resolve({ isNew: attempt === 2 } as never),
  } satisfies Pick<CallStore, 'begin' | 'recordPlaced' | 'storeEvent'>;
  const calls = loggingCalls(store as Pick<CallStore, keyof typeof store>, log());
  const message = newMessage();
  const { messageId } = message;
  const call = { number: 2, step: 1, channel: 'voice', sender: NUMBERS.from, recipient: NUMBERS.to } as const;
  const placed = { callSid, applicationSid: newSid('AP'), conductorSid: newSid('CN') };
  const event = { kind: 'answered_by', eventId: 'x', callSid, at: '', answeredBy: 'human' } as const;
  await calls.begin(message, call);
  await calls.recordPlaced(messageId, 2, placed);
  await calls.storeEvent({ messageId, attempt: 2, event });
  await calls.storeEvent({ messageId, attempt: 3, event });
  expect(lines).toMatchObject([
    { identifiers: 'used', messageId, attempt: 2, conversationSid, participantSid },
    { identifiers: 'used', messageId, attempt: 2, ...placed },
    { identifiers: 'used', messageId, attempt: 2, callSid },
  ]);
});

test('a call that is noted with a participant is logged with both', async () => {
  const noteCall = (): Promise<boolean> => Promise.resolve(true);
  const gateway = loggingGateway({ noteCall } as never, { log: log(), currentMessageId: () => undefined }) as {
    noteCall: (note: object) => Promise<boolean>;
  };
  const note = { conversationSid, participantSid, callSid, messageId: 'msg_1', attempt: 2 };
  await expect(gateway.noteCall(note)).resolves.toBe(true);
  expect(lines).toMatchObject([{ identifiers: 'used', ...note }]);
});

test('a webhook about a call is logged with the call, whether it has a conversation or not', () => {
  const noted: unknown[] = [];
  const tracer = loggingWebhooks({ note: (trace) => void noted.push(trace) }, log());
  const trace = { receivedAt: '', endpoint: 'voice', verdict: 'accepted', effect: 'nothing', count: 1 } as const;
  tracer.note({ ...trace, messageId: 'msg_1', callSid });
  tracer.note({ ...trace, messageId: 'msg_1', callSid, conversationSid });
  expect(lines).toMatchObject([
    { identifiers: 'received', messageId: 'msg_1', callSid },
    { identifiers: 'received', messageId: 'msg_1', callSid, conversationSid },
  ]);
});

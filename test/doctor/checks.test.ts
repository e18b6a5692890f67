import { randomBytes } from 'node:crypto';
import { clock } from '../../src/doctor/checks/clock';
import { conversationCheck } from '../../src/doctor/checks/conversation';
import { CHECKS, checksFor } from '../../src/doctor/checks';
import { encryption } from '../../src/doctor/checks/encryption';
import { preActionWebhook } from '../../src/doctor/checks/pre-action-webhook';
import { publicUrl } from '../../src/doctor/checks/public-url';
import { senderPools } from '../../src/doctor/checks/sender-pools';
import { signature } from '../../src/doctor/checks/signature';
import { sweepSchedule } from '../../src/doctor/checks/sweep-schedule';
import { temporalServer } from '../../src/doctor/checks/temporal-server';
import { webhooks } from '../../src/doctor/checks/webhooks';
import { whatsAppSender } from '../../src/doctor/checks/whatsapp-sender';
import { type DoctorContext } from '../../src/doctor/doctor-context';
import { type SenderPool } from '../../src/domain/sender';
import { parseSid } from '../../src/domain/sid';
import { type AccountGateway, type ConversationOverview } from '../../src/twilio/account-gateway';
import { type WebhookSettings } from '../../src/twilio/webhook-settings';
import { doctorContext } from './doctor-context';

const PUBLIC_BASE_URL = 'https://posthorn.example.com';
const ACCOUNT_SID = parseSid(`AC${'1'.repeat(32)}`, 'AC');
const SERVICE_SID = parseSid(`IS${'2'.repeat(32)}`, 'IS');
const CONVERSATION_SID = parseSid(`CH${'3'.repeat(32)}`, 'CH');
const PARTICIPANT_SID = parseSid(`MB${'4'.repeat(32)}`, 'MB');
const callSid = (digit: string) => parseSid(`CA${digit.repeat(32)}`, 'CA');

const twilio = (methods: Partial<AccountGateway>): Pick<DoctorContext, 'twilio'> => ({
  twilio: () => methods as AccountGateway,
});
const answering = (value: unknown): Pick<DoctorContext, 'temporal'> => ({
  temporal: <Answer>() => Promise.resolve(value as Answer),
});

test('every check has a name of its own, and builds on earlier ones only', () => {
  const names = checksFor(CONVERSATION_SID).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(CHECKS).toHaveLength(names.length - 1);
  checksFor(CONVERSATION_SID).forEach(({ after }, index) => {
    expect(names.slice(0, index)).toEqual(expect.arrayContaining([...after]));
  });
});

test.each([
  ['https://posthorn.example.com', undefined, 'green'],
  ['http://posthorn.example.com', undefined, 'yellow'],
  ['https://localhost:3000', undefined, 'red'],
  ['https://192.168.1.20', undefined, 'red'],
  ['https://172.20.0.1', undefined, 'red'],
  ['https://172.200.0.1', undefined, 'green'],
  ['https://[::1]:3000', undefined, 'red'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:4010', 'green'],
])('PUBLIC_BASE_URL %s with the stand-in %s is %s', async (url, standIn, status) => {
  const settings = { PUBLIC_BASE_URL: url, ...(standIn === undefined ? {} : { TWILIO_API_BASE_URL: standIn }) };
  expect(await publicUrl.run(doctorContext({ settings }))).toMatchObject({ status });
});

test.each([
  [0, 'green', /agrees/],
  [4_000, 'green', /agrees/],
  [30_000, 'yellow', /30 s ahead of/],
  [-30_000, 'yellow', /30 s behind/],
  [-3_600_000, 'red', /3600 s behind/],
])('a clock that is %d ms ahead is %s', async (aheadMs, status, what) => {
  const account = { accountSid: ACCOUNT_SID, status: 'active', type: 'Full', answeredAtMs: 1_000_000_000 };
  const context = doctorContext({
    settings: { TWILIO_ACCOUNT_SID: ACCOUNT_SID },
    now: () => 1_000_000_000 + aheadMs,
    ...twilio({ readAccount: () => Promise.resolve(account) }),
  });
  expect(await clock.run(context)).toMatchObject({ status, what: expect.stringMatching(what) as string });
});

describe('webhooks of the service', () => {
  const right: WebhookSettings = {
    method: 'POST',
    postWebhookUrl: `${PUBLIC_BASE_URL}/webhooks/twilio/conversations`,
    filters: ['onMessageAdded', 'onDeliveryUpdated'],
    preWebhookUrl: undefined,
  };
  const withWebhooks = (actual: WebhookSettings) =>
    doctorContext({
      settings: { PUBLIC_BASE_URL, TWILIO_CONVERSATIONS_SERVICE_SID: SERVICE_SID },
      ...twilio({ readServiceWebhooks: () => Promise.resolve(actual) }),
    });

  test('are right whatever the order of the filters', async () => {
    expect(await webhooks.run(withWebhooks(right))).toMatchObject({ status: 'green' });
  });

  test('are only yellow when they bring too much', async () => {
    const tooMuch = { ...right, filters: [...right.filters, 'onConversationAdded'] };
    expect(await webhooks.run(withWebhooks(tooMuch))).toMatchObject({
      status: 'yellow',
      what: expect.stringMatching(/differ:\n- Filters=onConversationAdded$/) as string,
    });
  });

  test('are red when there are none, every line named', async () => {
    const none = { method: 'GET', postWebhookUrl: undefined, filters: [], preWebhookUrl: undefined };
    const { status, what } = await webhooks.run(withWebhooks(none));
    expect(status).toBe('red');
    expect(what.split('\n').slice(1)).toEqual([
      '- Method=GET',
      '+ Method=POST',
      `+ PostWebhookUrl=${PUBLIC_BASE_URL}/webhooks/twilio/conversations`,
      '+ Filters=onDeliveryUpdated',
      '+ Filters=onMessageAdded',
    ]);
  });

  test('a pre-action URL is red as soon as a filter makes use of it', async () => {
    const gated = { ...right, preWebhookUrl: 'https://gate.example.com' };
    expect(await preActionWebhook.run(withWebhooks(right))).toMatchObject({ status: 'green' });
    expect(await preActionWebhook.run(withWebhooks(gated))).toMatchObject({ status: 'yellow' });
    const asked = { ...gated, filters: [...right.filters, 'onMessageAdd'] };
    expect(await preActionWebhook.run(withWebhooks(asked))).toMatchObject({
      status: 'red',
      what: expect.stringMatching(/asks it at onMessageAdd\.$/) as string,
    });
  });
});

test("Twilio's sandbox of WhatsApp is yellow", async () => {
  const settings = { TWILIO_WHATSAPP_FROM: '+14155238886' };
  expect(await whatsAppSender.run(doctorContext({ settings }))).toMatchObject({ status: 'yellow' });
});

describe('pools of senders', () => {
  const pools: SenderPool[] = [
    { channel: 'sms', country: 'US', senders: ['+12025550110', '+12025550111'] },
    { channel: 'whatsapp', senders: ['+12025550120'] },
    { channel: 'voice', senders: ['+12025550111'] },
  ];
  const able = { canSms: true, canMms: true, canVoice: true };
  const run = (numbers: Readonly<Record<string, Partial<typeof able>>>, whatsAppStatus?: string) =>
    senderPools.run(
      doctorContext({
        settings: { POSTHORN_SENDERS: pools },
        ...twilio({
          findNumber: (number) =>
            Promise.resolve(numbers[number] === undefined ? undefined : { ...able, ...numbers[number] }),
          findWhatsAppSender: () => Promise.resolve(whatsAppStatus),
        }),
      }),
    );
  const all = { '+12025550110': {}, '+12025550111': {} };

  test.each([
    ['green', all, 'ONLINE', /^Every sender of POSTHORN_SENDERS/],
    [
      'red',
      { '+12025550110': {} },
      'ONLINE',
      /^Sender 2 of the pool sms:US in POSTHORN_SENDERS is not a number of the account\.$/,
    ],
    [
      'red',
      { ...all, '+12025550110': { canSms: false } },
      'ONLINE',
      /^Sender 1 of the pool sms:US .* cannot send SMS\.$/,
    ],
    [
      'red',
      { ...all, '+12025550111': { canVoice: false } },
      'ONLINE',
      /^Sender 1 of the pool voice:\* .* cannot make calls\.$/,
    ],
    [
      'red',
      all,
      'OFFLINE',
      /^Sender 1 of the pool whatsapp:\* .* is not a WhatsApp sender of the account that is online\.$/,
    ],
  ])('%s: %j, WhatsApp %s', async (status, numbers, whatsAppStatus, what) => {
    const finding = await run(numbers, whatsAppStatus);
    expect(finding).toMatchObject({ status, what: expect.stringMatching(what) as string });
  });

  test('none are green', async () => {
    expect(await senderPools.run(doctorContext({ settings: { POSTHORN_SENDERS: [] } }))).toMatchObject({
      status: 'green',
    });
  });
});

test('an address where nobody answers is red, with the reason', async () => {
  const context = doctorContext({
    settings: { PUBLIC_BASE_URL, TWILIO_AUTH_TOKEN: ['token'], TWILIO_ACCOUNT_SID: ACCOUNT_SID },
    postAsTwilio: () => Promise.reject(new Error('ECONNREFUSED')),
  });
  expect(await signature.run(context)).toMatchObject({
    status: 'red',
    what: `From here nobody answers at ${PUBLIC_BASE_URL}/webhooks/twilio/conversations (ECONNREFUSED).`,
  });
});

describe('encryption', () => {
  const key = { keyId: 'new', key: randomBytes(32) };
  const run = (used: readonly string[], keys = [key]) =>
    encryption.run(doctorContext({ settings: { POSTHORN_ENCRYPTION_KEYS: keys }, ...answering(used) }));

  test('names the keys of open workflows that are not configured', async () => {
    expect(await run(['new', 'old'])).toMatchObject({
      status: 'red',
      what: expect.stringMatching(/not configured: old\.$/) as string,
    });
    expect(await run(['old'], [])).toMatchObject({ status: 'red' });
  });

  test('is green with the keys that are in use, and yellow without any', async () => {
    expect(await run(['new'])).toMatchObject({ status: 'green' });
    expect(await run([], [])).toMatchObject({ status: 'yellow' });
  });
});

test.each([
  ['COMPLETED', 'green'],
  [undefined, 'green'],
  ['FAILED', 'yellow'],
  ['TIMED_OUT', 'yellow'],
])('a sweep whose last run was %s is %s', async (lastResult, status) => {
  const schedule = { isPaused: false, note: undefined, intervalMs: 30_000, lastResult };
  const context = doctorContext({ settings: { POSTHORN_SWEEP_INTERVAL: 30_000 }, ...answering(schedule) });
  expect(await sweepSchedule.run(context)).toMatchObject({ status });
});

test('a namespace without the schedule is red', async () => {
  const context = doctorContext({ settings: { POSTHORN_SWEEP_INTERVAL: 30_000 }, ...answering(undefined) });
  expect(await sweepSchedule.run(context)).toMatchObject({ status: 'red' });
});

test.each([
  ['1.32.0', 'green'],
  ['1.29.0', 'green'],
  ['1.28.3', 'yellow'],
  ['0.99.0', 'yellow'],
  ['2.0.0', 'green'],
])('a Temporal server %s is %s', async (serverVersion, status) => {
  expect(await temporalServer.run(doctorContext(answering({ serverVersion })))).toMatchObject({ status });
});

describe('a conversation', () => {
  const person = {
    participantSid: PARTICIPANT_SID,
    bindingType: 'sms',
    address: '+12025550123',
    proxyAddress: '+12025550100',
    notedCallSids: [callSid('b'), callSid('c')],
  };
  const member = {
    participantSid: parseSid(`MB${'5'.repeat(32)}`, 'MB'),
    bindingType: undefined,
    address: undefined,
    proxyAddress: undefined,
    notedCallSids: [],
  };
  const run = (overview: ConversationOverview | undefined, known: readonly string[]) =>
    conversationCheck(CONVERSATION_SID).run(
      doctorContext({
        settings: { TWILIO_CONVERSATIONS_SERVICE_SID: SERVICE_SID },
        knownCalls: () => Promise.resolve(new Set(known)),
        ...twilio({
          readConversation: () => Promise.resolve(overview),
          listCalls: (phoneNumber) =>
            Promise.resolve(
              phoneNumber === '+12025550123'
                ? [
                    { callSid: callSid('a'), status: 'completed', startedAt: '2026-01-31T08:00:00.000Z' },
                    { callSid: callSid('b'), status: 'busy', startedAt: undefined },
                  ]
                : [],
            ),
        }),
      }),
    );

  test('lists participants and calls, and tells those of posthorn from others', async () => {
    const { status, what } = await run({ state: 'active', participants: [person, member] }, [
      callSid('b'),
      callSid('c'),
    ]);
    expect(status).toBe('yellow');
    expect(what.split('\n')).toEqual([
      `${CONVERSATION_SID} is active and has 2 participants.`,
      `participant ${PARTICIPANT_SID}: sms +1 202 ••• ••23 by +1 202 ••• ••00`,
      `participant ${member.participantSid}: a member of the chat, without binding`,
      `call ${callSid('b')}: busy, noted with the participant; posthorn's`,
      `call ${callSid('c')}: not among the latest calls, noted with the participant; posthorn's`,
      `call ${callSid('a')}: completed 2026-01-31T08:00:00.000Z; unknown to posthorn`,
    ]);
    expect(what).not.toContain('2025550123');
  });

  test('is green when every call is known', async () => {
    const known = [callSid('a'), callSid('b'), callSid('c')];
    expect(await run({ state: 'active', participants: [person] }, known)).toMatchObject({ status: 'green' });
  });

  test('that is closed, or reaches nobody, is yellow; one that is not there is red', async () => {
    const quiet = { ...person, address: undefined, notedCallSids: [] };
    expect(await run({ state: 'closed', participants: [person] }, [])).toMatchObject({
      status: 'yellow',
      why: expect.stringMatching(/final/) as string,
    });
    expect(await run({ state: 'active', participants: [quiet] }, [])).toMatchObject({
      status: 'yellow',
      why: expect.stringMatching(/binding/) as string,
    });
    expect(await run(undefined, [])).toMatchObject({ status: 'red' });
  });
});

import fc from 'fast-check';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { parseSendRequest, type RequestDefaults } from '../../src/request/parse-send-request';
import { type Problem } from '../../src/request/problem';
import { type SendRequestInput } from '../../src/request/send-request-schema';

const DIGITS = '0123456789abcdef0123456789abcdef';
const TEMPLATE = { sid: `HX${DIGITS}`, variables: { '1': 'Ann' } };
const TO = '+12025550101';
const CONVERSATION = `CH${'c'.repeat(32)}`;

const problemsOf = (input: unknown, defaults?: RequestDefaults): readonly Problem[] => {
  const parsed = parseSendRequest(input, defaults);
  return parsed.ok ? [] : parsed.problems;
};
const requestOf = (input: SendRequestInput, defaults?: RequestDefaults) => {
  const parsed = parseSendRequest(input, defaults);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  }
  return parsed.request;
};

describe('a good request', () => {
  it('needs a recipient and a text, and is completed', () => {
    expect(requestOf({ to: '+1 (202) 555-0101', body: 'Hello' })).toEqual({
      to: TO,
      channel: 'sms',
      content: { body: 'Hello' },
      category: 'notification',
      policy: DEFAULT_POLICIES.notification,
      metadata: {},
    });
  });

  it('may be for everybody in a conversation, from their own proxy addresses', () => {
    const policy = { onOptedOutParticipant: 'send' } as const;
    const senders = { sms: undefined, whatsapp: undefined };
    expect(requestOf({ conversationSid: CONVERSATION, body: 'Hello', policy }, { senders })).toEqual({
      conversationSid: CONVERSATION,
      channel: 'conversation',
      content: { body: 'Hello' },
      category: 'notification',
      policy: { ...DEFAULT_POLICIES.notification, onOptedOutParticipant: 'send' },
      metadata: {},
    });
    const escalation = [{ channel: 'sms' }] as const;
    const needy = parseSendRequest(
      { conversationSid: CONVERSATION, body: 'Hello', policy: { escalation } },
      { senders },
    );
    expect(needy).toMatchObject({ ok: false, problems: [{ field: 'policy.escalation[0].from' }] });
  });

  it('keeps all that it says', () => {
    const input: SendRequestInput = {
      to: 'whatsapp:+12025550101',
      from: 'whatsapp:+12025550109',
      channel: 'whatsapp',
      content: TEMPLATE,
      category: 'alert',
      policy: {
        deliveryTimeout: '2m',
        maxAttempts: 1,
        retry: { initialDelay: '1s', factor: 1.5, maxDelay: '1m' },
        onTimeout: 'retry',
        escalation: [
          { channel: 'sms', to: '+1 202 555 0102', from: TO, body: 'Hi', deliveryTimeout: '1m', maxAttempts: 2 },
          { channel: 'whatsapp', content: { sid: TEMPLATE.sid } },
          { channel: 'human', queue: 'night-desk', acknowledgeTimeout: '2h' },
          { channel: 'human', queue: 'desk' },
        ],
      },
      metadata: { order: '1234' },
    };
    expect(requestOf(input)).toEqual({
      to: TO,
      from: '+12025550109',
      channel: 'whatsapp',
      content: { template: { contentSid: TEMPLATE.sid, variables: { '1': 'Ann' } } },
      category: 'alert',
      policy: {
        ...input.policy,
        escalation: [
          {
            channel: 'sms',
            to: '+12025550102',
            from: TO,
            content: { body: 'Hi' },
            deliveryTimeout: '1m',
            maxAttempts: 2,
          },
          { channel: 'whatsapp', content: { template: { contentSid: TEMPLATE.sid, variables: {} } } },
          { channel: 'human', queue: 'night-desk', acknowledgeTimeout: '2h' },
          { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' },
        ],
      },
      metadata: { order: '1234' },
    });
  });

  it.each<[string, Pick<SendRequestInput, 'to' | 'from' | 'channel'>, string]>([
    ['sms without a word', { to: TO }, 'sms'],
    ['the prefix of to', { to: `whatsapp:${TO}` }, 'whatsapp'],
    ['the prefix of from', { to: TO, from: 'whatsapp:+12025550109' }, 'whatsapp'],
    ['the channel that is given', { to: TO, channel: 'whatsapp' }, 'whatsapp'],
  ])('takes the channel from %s', (_name, addresses, channel) => {
    expect(requestOf({ ...addresses, body: 'Hello' }).channel).toBe(channel);
  });

  it('may have media with a text or alone', () => {
    const mediaSid = `ME${DIGITS}`;
    expect(requestOf({ to: TO, media: [mediaSid] }).content).toEqual({ mediaSid });
    expect(requestOf({ to: TO, media: [mediaSid], body: 'Look' }).content).toEqual({ body: 'Look', mediaSid });
    expect(requestOf({ to: TO, media: [], body: 'Look' }).content).toEqual({ body: 'Look' });
    expect(requestOf({ to: TO, media: [], content: TEMPLATE }).content).not.toHaveProperty('mediaSid');
  });

  it('has the policy of its category, the configuration and its own, in rising order', () => {
    const { policy } = requestOf(
      { to: TO, body: 'Hello', category: 'security', policy: { maxAttempts: 9 } },
      { policy: { maxAttempts: 8, onTimeout: 'retry' } },
    );
    expect(policy).toEqual({ ...DEFAULT_POLICIES.security, maxAttempts: 9, onTimeout: 'retry' });
  });

  it.each(['body', 'value'])('may be as long as the limit in %s', (part) => {
    const longest =
      part === 'body'
        ? { body: 'x'.repeat(1600) }
        : { content: { sid: TEMPLATE.sid, variables: { ['v'.repeat(16)]: 'x'.repeat(256) } } };
    expect(problemsOf({ to: TO, ...longest })).toEqual([]);
  });
});

const NO_SAY = { to: TO };
const GOOD = { to: TO, body: 'Hello' };
const inPolicy = (policy: unknown) => ({ ...GOOD, policy });
const inSteps = (...escalation: unknown[]) => inPolicy({ escalation });

describe('one mistake gives one problem', () => {
  it.each<[unknown, string, string]>([
    [undefined, '', 'the request is missing: give a JSON object such as {"to": "+12025550101", "body": "Hello"}'],
    [null, '', 'the request is null: give a JSON object'],
    [[GOOD], '', 'the request is a list: give a JSON object'],
    ['hello', '', 'the request is a text: give a JSON object'],
    [{ body: 'Hello' }, 'to', 'to is missing: give the number of the recipient, such as "+12025550101"'],
    [
      { to: '+12025550101', conversationSid: CONVERSATION, body: 'Hello' },
      'conversationSid',
      'conversationSid cannot go with to',
    ],
    [
      { conversationSid: CONVERSATION, from: '+12025550101', body: 'Hello' },
      'from',
      'from cannot go with conversationSid: remove it',
    ],
    [
      { conversationSid: CONVERSATION, channel: 'sms', body: 'Hello' },
      'channel',
      'channel cannot go with conversationSid: remove it',
    ],
    [
      { conversationSid: `IM${'a'.repeat(32)}`, body: 'Hello' },
      'conversationSid',
      'conversationSid is IM…, which is a message SID; a conversation SID starts with CH',
    ],
    [
      { conversationSid: CONVERSATION, body: 'Hello', policy: { onOptedOutParticipant: 'shout' } },
      'policy.onOptedOutParticipant',
      'policy.onOptedOutParticipant is not known: give hold or send',
    ],
    [{ ...GOOD, to: 12025550101 }, 'to', 'to is a number: give the number of the recipient'],
    [{ ...GOOD, to: '2025550101' }, 'to', 'to has no country code: write + and the country code'],
    [{ ...GOOD, to: 'sms:+12025550101' }, 'to', 'to starts with a prefix that is not whatsapp'],
    [{ ...GOOD, from: '+1202' }, 'from', 'from has too few digits for its country'],
    [{ ...GOOD, from: null }, 'from', 'from is null: give the number of the sender'],
    [{ ...GOOD, from: 'whatsapp:+1 202 555 0101' }, 'from', 'from is the same number as to: give another sender'],
    [{ ...GOOD, channel: 'voice' }, 'channel', 'channel is not known: give sms or whatsapp'],
    [
      { ...GOOD, to: `whatsapp:${TO}`, channel: 'sms' },
      'to',
      'to starts with whatsapp: but the channel is sms: remove the prefix, or give the channel whatsapp',
    ],
    [
      { ...GOOD, from: 'whatsapp:+12025550109', channel: 'sms' },
      'from',
      'from starts with whatsapp: but the channel is sms',
    ],
    [NO_SAY, 'body', 'body is missing: give body, content (a template) or media'],
    [{ ...NO_SAY, media: [] }, 'body', 'body is missing: give body, content (a template) or media'],
    [{ ...NO_SAY, body: 7 }, 'body', 'body is a number: give the text of the message'],
    [{ ...NO_SAY, body: ' \n' }, 'body', 'body is empty: give the text of the message'],
    [{ ...NO_SAY, body: 'x'.repeat(1601) }, 'body', 'body is longer than 1600 characters: shorten it'],
    [{ ...NO_SAY, body: 'a\0b' }, 'body', 'body has a NUL character or half a character in it: remove it'],
    [{ ...NO_SAY, body: 'a\uD83D' }, 'body', 'body has a NUL character or half a character in it: remove it'],
    [{ ...GOOD, content: TEMPLATE }, 'content', 'content cannot go with body: give one of the two'],
    [
      { ...NO_SAY, content: 'HX' },
      'content',
      'content is a text: give a template such as {"sid": "HX…", "variables": {"1": "Ann"}}',
    ],
    [{ ...NO_SAY, content: {} }, 'content.sid', 'content.sid is missing: give the SID of a content template (HX…)'],
    [
      { ...NO_SAY, content: { sid: `CH${DIGITS}` } },
      'content.sid',
      'content.sid is CH…, which is a conversation SID; a content template SID starts with HX',
    ],
    [
      { ...NO_SAY, content: { ...TEMPLATE, body: 'x' } },
      'content.body',
      'content.body is not a known field: remove it, or use one of sid, variables',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: ['Ann'] } },
      'content.variables',
      'content.variables is a list: give the variables of the template',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: { '1': 5 } } },
      'content.variables["1"]',
      'content.variables["1"] is a number: give a text',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: { n: 'x'.repeat(257) } } },
      'content.variables.n',
      'content.variables.n is longer than 256 characters: shorten it',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: { ['n'.repeat(17)]: 'x' } } },
      `content.variables.${'n'.repeat(17)}`,
      'has a name of 17 characters: shorten it to at most 16',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: manyTexts(101, 1) } },
      'content.variables',
      'content.variables has 101 entries: give at most 100',
    ],
    [
      { ...NO_SAY, content: { sid: TEMPLATE.sid, variables: manyTexts(90, 250) } },
      'content.variables',
      'characters in names and values: give at most 20000',
    ],
    [{ ...GOOD, media: `ME${DIGITS}` }, 'media', 'media is a text: give a list with one media SID (ME…)'],
    [
      { ...GOOD, media: [`IM${DIGITS}`] },
      'media[0]',
      'media[0] is IM…, which is a message SID; a media SID starts with ME',
    ],
    [
      { ...GOOD, media: [`ME${DIGITS}`, `ME${DIGITS}`] },
      'media',
      'media has more than one entry: a message carries at most one',
    ],
    [{ ...NO_SAY, content: TEMPLATE, media: [`ME${DIGITS}`] }, 'media', 'media cannot go with content'],
    [
      { ...GOOD, category: 'promotion' },
      'category',
      'category is not known: give security, alert, notification or marketing',
    ],
    [{ ...GOOD, metadata: 'x' }, 'metadata', 'metadata is a text: give texts by name, such as {"order": "1234"}'],
    [{ ...GOOD, metadata: { order: 5 } }, 'metadata.order', 'metadata.order is a number: give a text'],
    [{ ...GOOD, metadata: { '': 'x' } }, 'metadata[""]', 'has an empty name: give it a name'],
    [{ ...GOOD, metadata: { 'a\0': 'x' } }, 'metadata["a\\u0000"]', 'has a NUL character or half a character in it'],
    [
      { ...GOOD, metadata: { order: 'x'.repeat(501) } },
      'metadata.order',
      'metadata.order is longer than 500 characters',
    ],
    [
      { ...GOOD, metadata: { ['n'.repeat(65)]: 'x' } },
      `metadata["${'n'.repeat(64)}…"]`,
      'has a name of 65 characters: shorten it to at most 64',
    ],
    [{ ...GOOD, metadata: manyTexts(21, 1) }, 'metadata', 'metadata has 21 entries: give at most 20'],
    [{ ...GOOD, metadata: manyTexts(10, 500) }, 'metadata', 'characters in names and values: give at most 4096'],
    [{ ...GOOD, sendOn: 'now' }, 'sendOn', 'sendOn is not a known field: remove it, or use one of to, '],
    [{ ...GOOD, toString: 'x' }, 'toString', 'toString is not a known field'],
    [JSON.parse('{"to":"+12025550101","body":"x","__proto__":{}}'), '__proto__', '__proto__ is not a known field'],
    [inPolicy('fast'), 'policy', 'policy is a text: give an object such as {"deliveryTimeout": "10m"}'],
    [
      inPolicy({ timeout: '1m' }),
      'policy.timeout',
      'is not a known field: remove it, or use one of deliveryTimeout, stepTimeout, maxAttempts, retry, onTimeout, escalation',
    ],
    [
      inPolicy({ deliveryTimeout: 600 }),
      'policy.deliveryTimeout',
      'policy.deliveryTimeout is a number: give a duration such as "30s" or "10m"',
    ],
    [
      inPolicy({ deliveryTimeout: '600' }),
      'policy.deliveryTimeout',
      'policy.deliveryTimeout is not a duration: write a number above zero and a unit',
    ],
    [inPolicy({ deliveryTimeout: '0s' }), 'policy.deliveryTimeout', 'is not a duration: write a number above zero'],
    [
      inPolicy({ deliveryTimeout: '0.5ms' }),
      'policy.deliveryTimeout',
      'is shorter than a millisecond: give at least "1ms"',
    ],
    [inPolicy({ deliveryTimeout: '31d' }), 'policy.deliveryTimeout', 'is longer than 30 days: give at most "30 days"'],
    [inPolicy({ maxAttempts: 0 }), 'policy.maxAttempts', 'policy.maxAttempts must be a whole number from 1 to 10'],
    [inPolicy({ maxAttempts: 11 }), 'policy.maxAttempts', 'must be a whole number from 1 to 10'],
    [inPolicy({ maxAttempts: 1.5 }), 'policy.maxAttempts', 'must be a whole number from 1 to 10'],
    [inPolicy({ maxAttempts: '3' }), 'policy.maxAttempts', 'must be a whole number from 1 to 10'],
    [inPolicy({ retry: 3 }), 'policy.retry', 'policy.retry is a number: give an object such as'],
    [inPolicy({ retry: { factor: 0.5 } }), 'policy.retry.factor', 'must be a number from 1 to 10'],
    [inPolicy({ retry: { factor: Infinity } }), 'policy.retry.factor', 'must be a number from 1 to 10'],
    [inPolicy({ retry: { initialDelay: 'soon' } }), 'policy.retry.initialDelay', 'is not a duration'],
    [
      inPolicy({ retry: { initialDelay: '2m', maxDelay: '1m' } }),
      'policy.retry.maxDelay',
      'policy.retry.maxDelay is shorter than initialDelay: give a longer one',
    ],
    [
      inPolicy({ onTimeout: 'fail' }),
      'policy.onTimeout',
      'policy.onTimeout is not known: give escalate, retry or accept',
    ],
    [inPolicy({ escalation: {} }), 'policy.escalation', 'policy.escalation is an object: give a list of steps'],
    [
      inSteps(...Array.from({ length: 11 }, () => ({ channel: 'sms' }))),
      'policy.escalation',
      'policy.escalation has too many steps: give at most 10',
    ],
    [inSteps('sms'), 'policy.escalation[0]', 'policy.escalation[0] is a text: give a step such as {"channel": "sms"}'],
    [
      inSteps({}),
      'policy.escalation[0].channel',
      'policy.escalation[0].channel is missing: give sms, whatsapp, voice or human',
    ],
    [
      inSteps({ channel: 'fax' }),
      'policy.escalation[0].channel',
      'policy.escalation[0].channel is not known: give sms, whatsapp, voice or human',
    ],
    [
      inSteps({ channel: 'sms' }, { channel: 'sms', to: '1' }),
      'policy.escalation[1].to',
      'policy.escalation[1].to has no country code',
    ],
    [
      inSteps({ channel: 'sms', to: `whatsapp:${TO}` }),
      'policy.escalation[0].to',
      'starts with whatsapp: but the channel is sms',
    ],
    [inSteps({ channel: 'sms', body: 'a', content: TEMPLATE }), 'policy.escalation[0].content', 'cannot go with body'],
    [
      inSteps({ channel: 'sms', media: [] }),
      'policy.escalation[0].media',
      'is not a known field: remove it, or use one of channel, to, from, body, content, whatsappTemplate, when, deliveryTimeout, stepTimeout, maxAttempts',
    ],
    [inSteps({ channel: 'sms', queue: 'q' }), 'policy.escalation[0].queue', 'is not a known field'],
    [
      inSteps({ channel: 'human' }),
      'policy.escalation[0].queue',
      'is missing: give the name of the queue that the task opens in',
    ],
    [
      inSteps({ channel: 'human', queue: 'a b' }),
      'policy.escalation[0].queue',
      'is no name of a queue: give 1 to 64 letters',
    ],
    [inSteps({ channel: 'human', queue: 'q'.repeat(65) }), 'policy.escalation[0].queue', 'is no name of a queue'],
    [
      inSteps({ channel: 'human', queue: 'q', to: TO }),
      'policy.escalation[0].to',
      'is not a known field: remove it, or use one of channel, queue, when, acknowledgeTimeout',
    ],
    [
      inSteps({ channel: 'human', queue: 'q', acknowledgeTimeout: '1' }),
      'policy.escalation[0].acknowledgeTimeout',
      'is not a duration',
    ],
  ])('%j: %s', (input, field, message) => {
    const problems = problemsOf(input);
    expect(problems).toEqual([{ field, message: expect.stringContaining(message) as string }]);
  });
});

describe('several mistakes', () => {
  it('are all told at once, whatever else is wrong', () => {
    const input = {
      to: '2025550101',
      channel: 'voice',
      body: '',
      content: { sid: 'x' },
      media: ['a', 'b'],
      sendAt: 1,
      policy: {
        maxAttempts: 0,
        retry: { initialDelay: '2h', maxDelay: '1h', factor: 0 },
        escalation: [{ channel: 'sms', body: 'a', content: {}, to: 'whatsapp:+12025550101' }, 3],
      },
      metadata: { '': 1 },
    };
    expect(
      problemsOf(input)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual(
      [
        ...['to', 'channel', 'body', 'content', 'content.sid', 'media', 'media', 'media[0]', 'media[1]', 'sendAt'],
        ...['policy.maxAttempts', 'policy.retry.factor', 'policy.retry.maxDelay', 'metadata[""]', 'metadata[""]'],
        ...[
          'policy.escalation[0].to',
          'policy.escalation[0].content',
          'policy.escalation[0].content.sid',
          'policy.escalation[1]',
        ],
      ].toSorted(),
    );
  });

  it('are told of the entries of a list that is too long', () => {
    const fields = problemsOf({ ...GOOD, media: [1, 2] }).map(({ field }) => field);
    expect(fields).toEqual(['media[0]', 'media[1]', 'media']);
  });

  it('are told up to a limit', () => {
    expect(problemsOf(inSteps(...Array.from({ length: 5000 }, () => 1)))).toHaveLength(100);
  });
});

describe('with the configured senders', () => {
  it('refuses each step that no sender serves', () => {
    const input = {
      ...GOOD,
      policy: {
        escalation: [
          { channel: 'whatsapp' },
          { channel: 'human', queue: 'desk' },
          { channel: 'sms', from: '+12025550105' },
        ],
      },
    };
    expect(problemsOf(input, { senders: {} })).toEqual([
      {
        field: 'from',
        message:
          'from is missing: no sender is known for sms: give from, or set TWILIO_FROM or a pool sms:* in POSTHORN_SENDERS',
      },
      {
        field: 'policy.escalation[0].from',
        message:
          'policy.escalation[0].from is missing: no sender is known for whatsapp: give from, or set TWILIO_WHATSAPP_FROM or a pool whatsapp:* in POSTHORN_SENDERS',
      },
    ]);
  });

  it('looks at the ladder of the configured policy too', () => {
    const defaults = { senders: { sms: '+12025550100' }, policy: { escalation: [{ channel: 'whatsapp' as const }] } };
    expect(problemsOf(GOOD, defaults).map(({ field }) => field)).toEqual(['policy.escalation[0].from']);
  });

  it('accepts a request that names its sender or has a configured one', () => {
    expect(problemsOf({ ...GOOD, from: '+12025550100' }, { senders: {} })).toEqual([]);
    expect(problemsOf(GOOD, { senders: { sms: '+12025550100' } })).toEqual([]);
  });
});

describe('any input', () => {
  const anyPart = fc.oneof(
    fc.anything(),
    fc.constantFrom<unknown>(TO, `whatsapp:${TO}`, 'sms', 'human', '10m', TEMPLATE, 3, { channel: 'sms' }),
  );
  const almostRequest = fc.record(
    {
      to: anyPart,
      from: anyPart,
      channel: anyPart,
      body: anyPart,
      content: anyPart,
      media: anyPart,
      category: anyPart,
      metadata: fc.oneof(anyPart, fc.dictionary(fc.string({ unit: 'binary' }), anyPart)),
      policy: fc.oneof(
        anyPart,
        fc.record(
          {
            deliveryTimeout: anyPart,
            maxAttempts: anyPart,
            retry: anyPart,
            onTimeout: anyPart,
            escalation: fc.array(anyPart),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );

  const answersInOurWords = (input: unknown): void => {
    const parsed = parseSendRequest(input);
    if (parsed.ok) {
      expect(parsed.request.to).toMatch(/^\+\d+$/);
      return;
    }
    expect(parsed.problems.length).toBeGreaterThan(0);
    for (const { field, message } of parsed.problems) {
      expect(message.startsWith(field === '' ? 'the request ' : `${field} `)).toBe(true);
      expect(message).not.toMatch(/Invalid|Too (big|small)|expected|Unrecognized/);
    }
  };

  it('gets an answer in our words and never an exception', () => {
    fc.assert(fc.property(fc.anything(), answersInOurWords), { numRuns: 300 });
    fc.assert(fc.property(fc.jsonValue(), answersInOurWords), { numRuns: 300 });
    fc.assert(fc.property(almostRequest, answersInOurWords), { numRuns: 500 });
  });

  it('is not changed', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().map((metadata) => ({ ...GOOD, metadata })),
        (input) => {
          const before = JSON.stringify(input);
          parseSendRequest(input);
          expect(JSON.stringify(input)).toBe(before);
        },
      ),
    );
  });
});

function manyTexts(entries: number, length: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: entries }, (_none, index) => [`name${index}`, 'x'.repeat(length)]));
}

import fc from 'fast-check';
import { checkDeliveries } from '../../src/checker/check-deliveries';
import {
  type AttemptEvidence,
  type CallbackEvidence,
  type CallerEvidence,
  type Evidence,
  type MessageEvidence,
} from '../../src/checker/evidence';
import { VIOLATION_KINDS, type ViolationKind } from '../../src/checker/violation';
import { type LogEntry } from '../../src/simulator/logs/log-entry';
import {
  ADA,
  attemptOf,
  BOB_FIRST,
  callbackOf,
  CAROL,
  cleanEvidence,
  DAVE,
  ERIN,
  GINA,
  messageOf,
  stopOf,
  storedOf,
} from './support/clean-evidence';
import { addressHash } from '../../src/simulator/logs/address-hash';
import { accepted, BEGAN_MS, called, recipientOf, sidOf, told } from './support/log-entries';

const FRED = recipientOf(9, '+12025550109');

/** The evidence with one message changed. */
function withMessage(messageId: string, change: Partial<MessageEvidence>): Evidence {
  const clean = cleanEvidence();
  const messages = clean.messages.map((message) =>
    message.messageId === messageId ? { ...message, ...change } : message,
  );
  return { ...clean, messages };
}

function withAttempt(messageId: string, change: Partial<AttemptEvidence>): Evidence {
  const clean = cleanEvidence();
  const attempts = clean.attempts.map((attempt) =>
    attempt.messageId === messageId ? { ...attempt, ...change } : attempt,
  );
  return { ...clean, attempts };
}

/** The evidence with a message more, whose attempt Twilio took, and what was told of it. */
function withFred(message: Partial<MessageEvidence>, ...statuses: string[]): Evidence {
  const clean = cleanEvidence();
  const log = [...clean.log, accepted(9, { messageId: 'fred', attempt: 1 }, [FRED]), ...told(9, FRED, ...statuses)];
  return {
    ...clean,
    log,
    messages: [...clean.messages, messageOf('fred', message)],
    attempts: [...clean.attempts, attemptOf('fred', 1, { messageSid: sidOf('IM', 9), recipient: FRED.address })],
    receipts: storedOf(log),
  };
}

const outcome = (kind: string, attempt = 1) => ({ outcome: { kind, channel: 'sms', attempt } });
const add = (...entries: LogEntry[]): Evidence => ({ ...cleanEvidence(), log: [...cleanEvidence().log, ...entries] });
const kindsOf = (evidence: Evidence): ViolationKind[] => checkDeliveries(evidence).map(({ kind }) => kind);

test('where nothing is wrong nothing is found', () => {
  expect(checkDeliveries(cleanEvidence())).toEqual([]);
});

const PLANTED: Readonly<
  Record<ViolationKind, readonly (readonly [what: string, evidence: Evidence, about: object])[]>
> = {
  accepted_not_stored: [
    [
      'an id that was answered 202 without a row',
      { ...cleanEvidence(), acceptedMessageIds: ['ada', 'lost'] },
      { messageId: 'lost' },
    ],
  ],
  no_outcome: [
    ['an open message whose workflow has ended', withWorkflow('waiting', 'ended'), { messageId: 'waiting' }],
    ['an open message that Temporal does not know', withWorkflow('waiting', 'unknown'), { messageId: 'waiting' }],
  ],
  closed_but_running: [
    ['a closed message whose workflow runs on', withWorkflow('ada', 'running'), { messageId: 'ada' }],
  ],
  outcome_incomplete: [
    ['an outcome without a time', withMessage('ada', { closedAtMs: undefined }), { messageId: 'ada' }],
    ['an outcome of an open message', withMessage('ada', { status: 'sending' }), { messageId: 'ada' }],
  ],
  message_without_request: [
    ['a message without a key', add(accepted(9, undefined, [FRED])), { messageSid: sidOf('IM', 9) }],
    [
      'a key of nobody',
      add(accepted(9, { messageId: 'nobody', attempt: 1 }, [FRED])),
      { messageId: 'nobody', attempt: 1, messageSid: sidOf('IM', 9) },
    ],
    [
      'an attempt that was never made',
      add(accepted(9, { messageId: 'ada', attempt: 2 }, [FRED])),
      { messageId: 'ada', attempt: 2 },
    ],
  ],
  sid_not_stored: [
    ['an attempt without its SID', withAttempt('ada', { messageSid: undefined }), { messageSid: sidOf('IM', 1) }],
    ['an attempt with another SID', withAttempt('ada', { messageSid: sidOf('IM', 8) }), { messageId: 'ada' }],
    [
      'an ambiguous attempt whose message was told of',
      withAttempt('ada', { messageSid: undefined, resultKind: 'ambiguous' }),
      { messageId: 'ada', attempt: 1 },
    ],
  ],
  two_messages_for_attempt: [
    [
      'two creates with one key',
      add(accepted(9, { messageId: 'ada', attempt: 1 }, [ADA])),
      { messageId: 'ada', attempt: 1, messageSid: sidOf('IM', 9) },
    ],
  ],
  call_without_request: [
    ['a call without a key', add(called(9, undefined, GINA)), { callSid: sidOf('CA', 9) }],
    [
      'a key of nobody',
      add(called(9, { messageId: 'nobody', attempt: 1 }, GINA)),
      { messageId: 'nobody', attempt: 1, callSid: sidOf('CA', 9), conversationSid: sidOf('CH', 9) },
    ],
    [
      'an attempt that was never made',
      add(called(9, { messageId: 'gina', attempt: 2 }, GINA)),
      { messageId: 'gina', attempt: 2 },
    ],
  ],
  two_calls_for_attempt: [
    [
      'two calls with one key',
      add(called(9, { messageId: 'gina', attempt: 1 }, GINA)),
      { messageId: 'gina', attempt: 1, callSid: sidOf('CA', 9) },
    ],
  ],
  called_after_opt_out: [
    [
      'an opt-out of calls long before',
      withStops(stopOf(addressHash(GINA), { channel: 'voice', sender: undefined })),
      { messageId: 'gina', attempt: 1, callSid: sidOf('CA', 20) },
    ],
    [
      'an opt-out of everything',
      withStops(stopOf(addressHash(GINA), { channel: undefined, sender: undefined })),
      { messageId: 'gina' },
    ],
  ],
  sent_after_opt_out: [
    ['a stop of somebody in a conversation', withStops(stopOf(CAROL.address)), { messageId: 'group' }],
    ['a stop long before', withStops(stopOf(ADA.address)), { messageId: 'ada', participantSid: ADA.participantSid }],
    [
      'a stop of everything',
      withStops(stopOf(ADA.address, { sender: undefined, channel: undefined })),
      { messageId: 'ada' },
    ],
    ['a stop of the category', withStops(stopOf(ADA.address, { category: 'notification' })), { messageId: 'ada' }],
    [
      'a word that was answered just before the attempt began',
      withWord(ADA.address, { recordedAtMs: BEGAN_MS + 700, answeredAtMs: BEGAN_MS + 800 }),
      { messageId: 'ada' },
    ],
    [
      'a start that is older than the stop',
      withStops(stopOf(ADA.address), stopOf(ADA.address, { isStop: false, atMs: BEGAN_MS - 70_000 })),
      { messageId: 'ada' },
    ],
  ],
  receipt_not_stored: [
    [
      'a receipt that decides',
      without('delivered', ADA.deliveryReceiptSid),
      { messageId: 'ada', deliveryReceiptSid: ADA.deliveryReceiptSid, participantSid: ADA.participantSid },
    ],
    ['a receipt that decides nothing', without('sent', ADA.deliveryReceiptSid), { messageId: 'ada' }],
    ['a receipt with another code', withOtherCode(BOB_FIRST.deliveryReceiptSid), { messageId: 'bob', attempt: 1 }],
  ],
  outcome_disagrees: [
    ['failed, though delivered', withMessage('ada', outcome('failed')), { messageId: 'ada', attempt: 1 }],
    ['canceled, though delivered', withMessage('ada', outcome('canceled')), { messageId: 'ada' }],
    ['delivered, though refused', withFred(outcome('delivered'), 'sent', 'undelivered'), { messageId: 'fred' }],
    ['delivered, and nothing was told', withFred(outcome('delivered')), { messageId: 'fred' }],
    ['delivered by an attempt that was not', withMessage('bob', outcome('read', 1)), { messageId: 'bob', attempt: 1 }],
    ['read, though only delivered', withMessage('ada', outcome('read')), { messageId: 'ada' }],
    ['delivered, though it was told that it was read', withMessage('bob', outcome('delivered', 2)), { attempt: 2 }],
    ['unconfirmed, though refused', withFred(outcome('unconfirmed'), 'undelivered'), { messageId: 'fred' }],
    ['everybody has it, though one has not', withMessage('group', outcome('delivered')), { messageId: 'group' }],
    ['delivered, though the child has failed too', withChild('failed', 'delivered'), { messageId: 'group' }],
    ['partly delivered, though a child has reached the last', withChild('read', 'partly_delivered'), { attempt: 1 }],
    ['nobody has it, though one has', withMessage('group', outcome('failed')), { messageId: 'group' }],
    ['delivered by a call that nobody took', withoutTaking(), { messageId: 'gina', attempt: 1 }],
  ],
  change_not_told: [
    ['an end', withCallbacks('erin'), { messageId: 'erin' }],
    ['another end than the one on record', withCallbacks('erin', 'message.failed'), { messageId: 'erin' }],
    ['a correction', withCaller('erin', { corrections: 1 }, 'message.opted_out'), { messageId: 'erin' }],
    ['the end before a redrive', withCaller('erin', { redrives: 1 }, 'message.opted_out'), { messageId: 'erin' }],
    ['a send', withCaller('ada', {}, 'message.delivered'), { messageId: 'ada' }],
  ],
  told_without_change: [
    ['two ends of one life', withCallbacks('erin', 'message.opted_out', 'message.failed'), { messageId: 'erin' }],
    [
      'a correction that was not made',
      withCallbacks('erin', 'message.opted_out', 'message.outcome_corrected'),
      { messageId: 'erin' },
    ],
    ['a callback that no row stands for', withTaken('erin message.opted_out', 'unknown'), {}],
  ],
  callback_not_taken: [['one that counts as delivered', withTaken(), { messageId: 'erin' }]],
  nothing_checked: [
    ['an empty log', { ...emptyEvidence(), log: [] }, {}],
    ['accepted messages and no rows', { ...emptyEvidence(), acceptedMessageIds: ['ada'] }, {}],
    [
      'the log of another simulator',
      { ...emptyEvidence(), attempts: [attemptOf('ada', 1, { messageSid: sidOf('IM', 1) })] },
      {},
    ],
  ],
};

describe.each(VIOLATION_KINDS)('%s', (kind) => {
  it.each(PLANTED[kind])('is found: %s', (_, evidence, about) => {
    const found = checkDeliveries(evidence).filter((violation) => violation.kind === kind);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(about);
    expect(found[0]?.expected).not.toBe('');
    expect(found[0]?.found).not.toBe('');
  });

  it('is the only one, unless something else is missing too', () => {
    const [, evidence] = PLANTED[kind][0] ?? ['', cleanEvidence()];
    expect(new Set(kindsOf(evidence))).toEqual(new Set([kind]));
  });
});

describe('no violation is', () => {
  it.each<[string, Evidence]>([
    ['an outcome by a person, whatever the receipts say', withMessage('ada', outcome('acknowledged'))],
    ['an ambiguous attempt whose message nobody was told of', ambiguousUntold()],
    [
      'a callback that is due',
      { ...withTaken(), callbacks: [callbackOf('erin', 'message.opted_out', { status: 'pending' })] },
    ],
    [
      'an end that was told before its correction',
      withCaller('erin', { corrections: 1 }, 'message.unconfirmed', 'message.outcome_corrected'),
    ],
    [
      'a redriven message that ended twice',
      withCaller('erin', { redrives: 1 }, 'message.sent', 'message.failed', 'message.opted_out'),
    ],
    ['a message without a caller', { ...withMessage('erin', { caller: undefined }), callbacks: [] }],
    ['a stop of another sender', withStops(stopOf(ADA.address, { sender: 'another' }))],
    ['a stop of texts, and a call', withStops(stopOf(addressHash(GINA)))],
    [
      'an opt-out of calls that may have been committed after',
      withStops(stopOf(addressHash(GINA), { channel: 'voice', recordedAtMs: BEGAN_MS + 200 })),
    ],
    ['a stop of another channel', withStops(stopOf(ADA.address, { channel: 'whatsapp' }))],
    ['a stop of another category', withStops(stopOf(ADA.address, { category: 'marketing' }))],
    [
      'a wider stop that was lifted for this sender',
      withStops(stopOf(ADA.address), stopOf(ADA.address, { isStop: false, sender: ADA.proxyAddress, atMs: BEGAN_MS })),
    ],
    ['a stop that was lifted', withStops(stopOf(ADA.address), stopOf(ADA.address, { isStop: false, atMs: BEGAN_MS }))],
    ['a stop that may have been committed after', withStops(stopOf(ADA.address, { recordedAtMs: BEGAN_MS + 200 }))],
    [
      'a stop between the attempt and its message',
      withWord(ADA.address, { recordedAtMs: BEGAN_MS + 905, answeredAtMs: BEGAN_MS + 910 }),
    ],
    [
      'a stop of somebody in a conversation, when the request says so',
      { ...withMessage('group', { sendsToOptedOut: true }), optOuts: [stopOf(CAROL.address)] },
    ],
    [
      'the confirmation of the very word',
      { ...withMessage('ada', { answers: 'IM-stop' }), optOuts: [stopOf(ADA.address, { evidence: 'IM-stop' })] },
    ],
    ['a conversation whose last participant a child has reached', withChild('acknowledged', 'delivered')],
    ['a conversation in which a child has failed too', withChild('failed', 'partly_delivered')],
    ['a webhook that was refused', refused()],
    ['everybody of a conversation has it', everybodyHasIt()],
    ['a message of a time before the log', withOld({})],
    [
      'an open message of a time before the log',
      withOld({ status: 'sending', outcome: undefined, closedAtMs: undefined }),
    ],
  ])('%s', (_, evidence) => {
    expect(checkDeliveries(evidence)).toEqual([]);
  });
});

test('the order in which webhooks stand in the log, and their repetition, change nothing', () => {
  const planted = [
    cleanEvidence(),
    ...Object.values(PLANTED).flatMap((cases) => cases.map(([, evidence]) => evidence)),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...planted), fc.infiniteStream(fc.nat()), (evidence, numbers) => {
      const isWebhook = ({ kind }: LogEntry): boolean => kind.startsWith('webhook.');
      const webhooks = evidence.log.filter(isWebhook);
      const shuffled = [...webhooks, ...webhooks.slice(0, 3)]
        .map((entry) => ({ entry, key: Number(numbers.next().value) }))
        .sort((a, b) => a.key - b.key)
        .map(({ entry }) => entry);
      const log = [...evidence.log.filter((entry) => !isWebhook(entry)), ...shuffled];
      const sorted = (found: Evidence): string[] =>
        checkDeliveries(found)
          .map((violation) => JSON.stringify(violation))
          .sort();
      expect(sorted({ ...evidence, log })).toEqual(sorted(evidence));
    }),
  );
});

function emptyEvidence(): Evidence {
  const [opened] = cleanEvidence().log;
  const log = opened === undefined ? [] : [opened];
  return { log, messages: [], attempts: [], receipts: [], optOuts: [], callbacks: [], workflows: new Map() };
}

function withWorkflow(messageId: string, state: 'running' | 'ended' | 'unknown'): Evidence {
  const clean = cleanEvidence();
  return { ...clean, workflows: new Map([...clean.workflows, [`deliver-${messageId}`, state]]) };
}

function withStops(...optOuts: Evidence['optOuts']): Evidence {
  return { ...cleanEvidence(), optOuts };
}

/** Somebody says STOP in a conversation. */
function withWord(
  address: string,
  { recordedAtMs, answeredAtMs }: { recordedAtMs: number; answeredAtMs: number },
): Evidence {
  const messageSid = sidOf('IM', 99);
  const answered: LogEntry = {
    kind: 'webhook.answered',
    sequence: 1,
    at: new Date(answeredAtMs).toISOString(),
    eventType: 'onMessageAdded',
    conversationSid: sidOf('CH', 1),
    messageSid,
    copy: 1,
    httpStatus: 200,
  };
  return { ...add(answered), optOuts: [stopOf(address, { evidence: messageSid, recordedAtMs, atMs: recordedAtMs })] };
}

/** The evidence with these callbacks only, all of one message. */
function withCallbacks(messageId: string, ...types: string[]): Evidence {
  return { ...cleanEvidence(), callbacks: types.map((type) => callbackOf(messageId, type)) };
}

function withCaller(messageId: string, caller: Partial<CallerEvidence>, ...types: string[]): Evidence {
  const { messages } = withMessage(messageId, { caller: { redrives: 0, corrections: 0, ...caller } });
  const { callbacks } = withCallbacks(messageId, ...types);
  return { ...cleanEvidence(), messages, callbacks: [...callbacks, ...othersThan(messageId)] };
}

function othersThan(messageId: string): CallbackEvidence[] {
  return cleanEvidence().callbacks.filter((callback) => callback.messageId !== messageId);
}

function withTaken(...callbackIds: string[]): Evidence {
  return { ...cleanEvidence(), takenCallbackIds: new Set(callbackIds) };
}

function withoutTaking(): Evidence {
  const clean = cleanEvidence();
  return { ...clean, log: clean.log.filter(({ kind }) => kind !== 'call.status_changed') };
}

function without(status: string, deliveryReceiptSid: string): Evidence {
  const clean = cleanEvidence();
  const isGone = (receipt: { status: string; deliveryReceiptSid: string }): boolean =>
    receipt.status === status && receipt.deliveryReceiptSid === deliveryReceiptSid;
  return { ...clean, receipts: clean.receipts.filter((receipt) => !isGone(receipt)) };
}

function withOtherCode(deliveryReceiptSid: string): Evidence {
  const clean = cleanEvidence();
  const receipts = clean.receipts.map((receipt) =>
    receipt.deliveryReceiptSid === deliveryReceiptSid && receipt.errorCode !== undefined
      ? { ...receipt, errorCode: 30005 }
      : receipt,
  );
  return { ...clean, receipts };
}

function ambiguousUntold(): Evidence {
  const evidence = withFred(outcome('ambiguous'));
  const attempts = evidence.attempts.map((attempt) =>
    attempt.messageId === 'fred' ? { ...attempt, messageSid: undefined, resultKind: 'ambiguous' } : attempt,
  );
  return { ...evidence, attempts };
}

/** Dave, whom the message into the conversation did not reach, is asked by a person. */
function withChild(childKind: string, parentKind: string): Evidence {
  const evidence = withMessage('group', outcome(parentKind));
  const child = messageOf('child', {
    childOf: { parentId: 'group', participantSid: DAVE.participantSid },
    outcome: { kind: childKind, channel: 'human', attempt: 1 },
  });
  return { ...evidence, messages: [...evidence.messages, child] };
}

function refused(): Evidence {
  const entries = told(1, ADA, 'read')
    .filter(({ kind }) => kind === 'webhook.answered')
    .map((entry) => ({ ...entry, kind: 'webhook.failed', httpStatus: 503 }) as LogEntry);
  return add(...entries);
}

function everybodyHasIt(): Evidence {
  const log = [...cleanEvidence().log, ...told(4, DAVE, 'delivered')];
  return { ...withMessage('group', outcome('delivered')), log, receipts: storedOf(log) };
}

/** What was delivered before the simulator wrote a log is nothing that the log could confirm. */
function withOld(change: Partial<MessageEvidence>): Evidence {
  const clean = cleanEvidence();
  const old = messageOf('old', { createdAtMs: BEGAN_MS - 60_000, ...change });
  const attempt = attemptOf('old', 1, {
    messageSid: sidOf('IM', 77),
    startedAtMs: BEGAN_MS - 60_000,
    recipient: ERIN.address,
  });
  return { ...clean, messages: [...clean.messages, old], attempts: [...clean.attempts, attempt] };
}

import { ApplicationFailure } from '@temporalio/common';
import { MESSAGE_CLOSED, SEND_FAILURES } from '../../workflows/contract';
import { type OptOutStatement } from '../../src/database/opt-out-store';
import { CONVERSATION, MESSAGE_SID, OTHER_CONVERSATION, twilioError, walk } from './support/hand-over-fakes';

const { conversationSid } = CONVERSATION;
const granted = { createId: 'create-1', conversation: CONVERSATION };
/** Begun so long ago that its message would be listed. */
const openCreate = { createId: 'create-0', ageMs: 60_000 };
const repeated = { openCreate, conversation: CONVERSATION };
const optOut: OptOutStatement = {
  address: '+12025550123',
  scope: {},
  optedOut: true,
  source: 'api',
  evidence: 'test',
  actor: 'tests',
  at: '2026-01-01T00:00:00.000Z',
};

async function failureOf(result: Promise<unknown>): Promise<ApplicationFailure> {
  const error = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApplicationFailure);
  return error as ApplicationFailure;
}

describe('the straight road', () => {
  it('is two round trips to Postgres and one to Twilio when the conversation is known', async () => {
    const { calls, result } = walk({ grants: [granted], creates: [MESSAGE_SID] });
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID, ...CONVERSATION });
    expect(calls).toEqual(['begin', `create in ${conversationSid}`, 'record']);
  });

  it('asks the ledger again, right before the create, after it had to open a conversation', async () => {
    const { calls, result } = walk({
      grants: [{}, granted],
      opens: [CONVERSATION],
      creates: [MESSAGE_SID],
    });
    await result;
    expect(calls).toEqual(['begin', 'open', `begin in ${conversationSid}`, `create in ${conversationSid}`, 'record']);
  });

  it('names the variable when no sender is configured', async () => {
    const { calls, result } = walk({ grants: [], creates: [] }, { hasSender: false });
    await expect(result).resolves.toMatchObject({
      kind: 'refused',
      errorClass: 'config',
      reason: expect.stringContaining('TWILIO_FROM') as string,
    });
    expect(calls).toEqual([]);
  });
});

describe('an opt-out', () => {
  it('holds the message back before anything reaches Twilio', async () => {
    const { calls, result } = walk({ grants: [{ ...granted, optOut }], creates: [] });
    await expect(result).resolves.toMatchObject({ kind: 'opted_out' });
    expect(calls).toEqual(['begin']);
  });

  it.each([
    ['a block of the channel', { source: 'receipt', evidence: 'error 63014 on IM1' }, true],
    ['an operator who says the same', { source: 'operator', evidence: 'error 63014 on IM1' }, undefined],
    ['a STOP that an error code told', { source: 'receipt', evidence: 'error 21610 on IM1' }, undefined],
  ] as const)('says of %s what it is', async (_what, parts, isBlock) => {
    const held = { ...optOut, ...parts, scope: { channel: 'whatsapp' } } as const;
    const { calls, result } = walk(
      { grants: [{ ...granted, optOut: held }], creates: [] },
      { overWhatsApp: { body: 'hello' } },
    );
    const sent = await result;
    expect(sent).toMatchObject({ kind: 'opted_out' });
    expect(sent.kind === 'opted_out' && sent.isBlock).toBe(isBlock);
    expect(calls).toEqual(['begin']);
  });

  it('that is committed while the conversation is opened holds it back too', async () => {
    const { calls, result } = walk({
      grants: [{}, { ...granted, optOut }],
      opens: [CONVERSATION],
      creates: [],
    });
    await expect(result).resolves.toMatchObject({ kind: 'opted_out' });
    expect(calls).not.toContain(`create in ${conversationSid}`);
  });

  it('that came after an earlier try got through does not hide that try', async () => {
    const { result } = walk({ grants: [{ ...repeated, optOut }], finds: [MESSAGE_SID], creates: [] });
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID });
  });

  it('is marked when Twilio refuses with its code at once', async () => {
    const { calls, result } = walk({ grants: [granted], creates: [twilioError('refused', 21610)] });
    await expect(result).resolves.toMatchObject({ kind: 'refused', errorCode: 21610, errorClass: 'opt_out' });
    expect(calls.at(-1)).toBe('mark 21610');
  });
});

describe('a repeated try', () => {
  it('takes the SID that an earlier try stored, and sends nothing', async () => {
    const { calls, result } = walk({ grants: [{ conversation: CONVERSATION, messageSid: MESSAGE_SID }], creates: [] });
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID });
    expect(calls).toEqual(['begin', 'record']);
  });

  it('looks more than once before it sends again', async () => {
    const { calls, result } = walk({
      grants: [repeated, granted],
      finds: [undefined, undefined, undefined],
      creates: [MESSAGE_SID],
    });
    await result;
    expect(calls.filter((call) => call === `find in ${conversationSid}`)).toHaveLength(3);
    expect(calls.slice(-3)).toEqual(['begin without create-0', `create in ${conversationSid}`, 'record']);
  });

  it('sends nothing when a later look finds the message', async () => {
    const { calls, result } = walk({ grants: [repeated], finds: [undefined, MESSAGE_SID], creates: [] });
    await expect(result).resolves.toMatchObject({ messageSid: MESSAGE_SID });
    expect(calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });

  it('cannot say what happened while Twilio cannot be asked', async () => {
    const { result } = walk({ grants: [repeated], finds: [twilioError('unreachable')], creates: [] });
    await expect(failureOf(result)).resolves.toMatchObject({ type: SEND_FAILURES.unknown, nonRetryable: false });
  });

  it('cannot say what happened while the ledger cannot be read', async () => {
    const { result } = walk({ grants: [new Error('no database')], creates: [] }, { attempt: 2 });
    await expect(failureOf(result)).resolves.toMatchObject({ type: SEND_FAILURES.unknown });
  });
});

describe('two tries at once', () => {
  it('do not post when another try posts while this one opened the conversation', async () => {
    const { calls, result } = walk({
      grants: [{}, { openCreate: { createId: 'create-9', ageMs: 3 }, conversation: CONVERSATION }],
      opens: [CONVERSATION],
      creates: [],
    });
    await expect(failureOf(result)).resolves.toMatchObject({ type: SEND_FAILURES.unknown });
    expect(calls).toEqual(['begin', 'open', `begin in ${conversationSid}`]);
  });

  it('do not post when another try began to while this one looked', async () => {
    const { calls, result } = walk({
      grants: [repeated, { openCreate: { createId: 'create-9', ageMs: 3 }, conversation: CONVERSATION }],
      finds: [undefined, undefined, undefined],
      creates: [],
    });
    await expect(failureOf(result)).resolves.toMatchObject({ type: SEND_FAILURES.unknown });
    expect(calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });

  it('take the message that was heard of while this one looked', async () => {
    const { calls, result } = walk({
      grants: [repeated, { messageSid: MESSAGE_SID, conversation: CONVERSATION }],
      finds: [undefined, undefined, undefined],
      creates: [],
    });
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID });
    expect(calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });

  it('look once more when the message of a recent create has to be listed', async () => {
    const recent = { openCreate: { createId: 'create-0', ageMs: 15_500 }, conversation: CONVERSATION };
    const { calls, result } = walk({
      grants: [recent],
      finds: [undefined, undefined, undefined, MESSAGE_SID],
      creates: [],
    });
    await expect(result).resolves.toMatchObject({ messageSid: MESSAGE_SID });
    expect(calls.filter((call) => call.startsWith('find'))).toHaveLength(4);
  });
});

describe('a create that came to nothing', () => {
  it.each([
    ['a rate limit', twilioError('rate_limited', 20429)],
    ['an unreachable Twilio', twilioError('unreachable')],
    ['a refusal that passes', twilioError('refused', 20409)],
  ])('by %s is withdrawn, so that the next try need not look', async (_, error) => {
    const { calls, result } = walk({ grants: [granted], creates: [error] });
    await failureOf(result);
    expect(calls.at(-1)).toBe('withdraw create-1');
  });

  it('is not withdrawn when nobody knows what became of it', async () => {
    const { calls, result } = walk({ grants: [granted], creates: [twilioError('ambiguous')] });
    await failureOf(result);
    expect(calls).toEqual(['begin', `create in ${conversationSid}`]);
  });
});

describe('a failure says what it proves', () => {
  it.each([
    ['an ambiguous create', twilioError('ambiguous', 20500), SEND_FAILURES.unknown],
    ['an unreachable Twilio', twilioError('unreachable'), SEND_FAILURES.notHandedOver],
    ['a rate limit', twilioError('rate_limited', 20429), SEND_FAILURES.notHandedOver],
    ['a refusal that passes', twilioError('refused', 20409), SEND_FAILURES.notHandedOver],
  ])('%s', async (_, error, type) => {
    const { result } = walk({ grants: [granted], creates: [error] });
    await expect(failureOf(result)).resolves.toMatchObject({ type, nonRetryable: false });
  });

  it('and waits as long as Twilio asks for', async () => {
    const { result } = walk({ grants: [granted], creates: [twilioError('rate_limited', 20429, 7_000)] });
    await expect(failureOf(result)).resolves.toMatchObject({ nextRetryDelay: 7_000 });
  });

  it('and a database that is down before the create proves that nothing was sent', async () => {
    const { result } = walk({ grants: [new Error('no database')], creates: [] });
    await expect(failureOf(result)).resolves.toMatchObject({ type: SEND_FAILURES.notHandedOver });
  });

  it('and a closed message is never sent, and its create is taken back', async () => {
    const { calls, result } = walk({ grants: [{ ...granted, isClosed: true }], creates: [] });
    await expect(failureOf(result)).resolves.toMatchObject({ type: MESSAGE_CLOSED, nonRetryable: true });
    expect(calls).toEqual(['begin', 'withdraw create-1']);
  });
});

describe('a refusal', () => {
  it('ends the attempt with its class and meaning', async () => {
    const { result } = walk({ grants: [granted], creates: [twilioError('refused', 21211)] });
    await expect(result).resolves.toMatchObject({ kind: 'refused', errorCode: 21211, errorClass: 'recipient' });
  });

  it('of the conversation ends the attempt too', async () => {
    const { result } = walk({ grants: [{}], opens: [twilioError('refused', 50407)], creates: [] });
    await expect(result).resolves.toMatchObject({ kind: 'refused', errorCode: 50407 });
  });

  it.each([50377, 50350, 20404])('with %i opens another conversation, once', async (code) => {
    const { calls, result } = walk({
      grants: [granted, { createId: 'create-2', conversation: OTHER_CONVERSATION }],
      opens: [OTHER_CONVERSATION],
      creates: [twilioError('refused', code), MESSAGE_SID],
    });
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', ...OTHER_CONVERSATION });
    expect(calls).toEqual([
      'begin',
      `create in ${conversationSid}`,
      `open instead of ${conversationSid}`,
      `begin in ${OTHER_CONVERSATION.conversationSid} without create-1`,
      `create in ${OTHER_CONVERSATION.conversationSid}`,
      'record',
    ]);
  });
});

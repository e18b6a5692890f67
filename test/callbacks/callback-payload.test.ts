import { callbackPayload } from '../../src/callbacks/callback-payload';
import { type UntoldCallback } from '../../src/database/callback-store';
import { CALLBACK_TYPES } from '../../src/domain/callback';
import { OUTCOME_KINDS } from '../../src/domain/outcome';
import { presentOutcome } from '../../src/http/presenters/outcome';
import { newCreated, newOutcome, newSid } from '../support/database-fixtures';

const CALLBACK: UntoldCallback = {
  callbackId: 'evt_1',
  tenant: 'acme',
  type: 'message.sent',
  facts: { status: 'awaiting_receipt' },
  at: '2026-01-02T03:04:05.000Z',
  messageId: 'msg_1',
  metadata: { order: '4711' },
  url: 'https://example.com/hook?token=secret',
  tries: 3,
};

it('has a type for every outcome', () => {
  OUTCOME_KINDS.forEach((kind) => expect(CALLBACK_TYPES).toContain(`message.${kind}`));
});

it('says the same at every try, and not where to', () => {
  const first = callbackPayload({ ...CALLBACK, tries: 0 });
  expect(callbackPayload(CALLBACK)).toEqual(first);
  expect(JSON.stringify(first)).not.toContain('example.com');
});

it('shows the attempt as GET /v1/messages/{id} does', () => {
  const created = newCreated();
  const payload = callbackPayload({
    ...CALLBACK,
    type: 'message.retrying',
    facts: {
      status: 'backing_off',
      attempt: { number: 2, channel: 'whatsapp', ...created },
      result: { kind: 'refused', errorCode: 30003, errorClass: 'retry', reason: 'switched off' },
      delayMs: 30_000,
    },
  });
  expect(payload).toEqual({
    type: 'message.retrying',
    timestamp: CALLBACK.at,
    data: {
      messageId: 'msg_1',
      status: 'backing_off',
      outcome: null,
      attempt: {
        number: 2,
        channel: 'whatsapp',
        ...created,
        callSid: null,
        status: 'refused',
        errorCode: 30003,
        errorClass: 'retry',
        reason: 'error 30003: switched off',
      },
      metadata: { order: '4711' },
      links: { message: '/v1/messages/msg_1' },
      delayMs: 30_000,
    },
  });
});

it('names the call of an attempt that is one', () => {
  const callSid = newSid('CA');
  const facts = { status: 'awaiting_receipt', attempt: { number: 2, channel: 'voice', callSid } } as const;
  expect(callbackPayload({ ...CALLBACK, facts }).data.attempt).toMatchObject({
    channel: 'voice',
    callSid,
    messageSid: null,
  });
});

it('shows a correction with both outcomes', () => {
  const was = newOutcome({ kind: 'unconfirmed' });
  const is = newOutcome({ kind: 'read' });
  const { data } = callbackPayload({
    ...CALLBACK,
    type: 'message.outcome_corrected',
    facts: { status: 'closed', outcome: is, correction: { was, is, because: 'a receipt came' } },
  });
  expect(data).toMatchObject({
    outcome: presentOutcome(is),
    attempt: null,
    correction: { was: presentOutcome(was), is: presentOutcome(is), because: 'a receipt came' },
  });
});

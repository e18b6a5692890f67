import { type AttemptRecord } from '../../src/database/message-store';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { briefTask } from '../../src/tasks/brief-task';
import { parseSid } from '../../src/domain/sid';
import { onCallMessage } from '../../src/tasks/on-call-message';
import { newAttempt, newMessage } from '../support/database-fixtures';

const task = { reason: 'nobody hears', dueAt: '2026-01-02T04:04:05.000Z' };

function brief(result: AttemptResult | undefined, passesTo?: string) {
  const attempt: AttemptRecord = {
    ...newAttempt(),
    startedAt: '2026-01-02T03:04:05.000Z',
    receipts: [],
    ...(result === undefined ? {} : { result }),
  };
  const { request } = newMessage();
  return briefTask(
    { ...task, ...(passesTo === undefined ? {} : { passesTo }) },
    { attempts: [attempt], request },
    DEFAULT_OPT_OUT_CODES,
  );
}

it.each<[string, AttemptResult, string]>([
  ['silence', { kind: 'timed_out' }, 'Find out whether the recipient has the message'],
  ['doubt', { kind: 'ambiguous', reason: 'nobody knows' }, 'Find out whether the recipient has the message'],
  [
    'a landline',
    { kind: 'refused', errorClass: 'recipient', errorCode: 30006, reason: 'a landline' },
    'Call this number',
  ],
  [
    'a dead handset',
    { kind: 'refused', errorClass: 'retry', errorCode: 30003, reason: 'off' },
    'Reach the recipient in another way.',
  ],
  [
    'a refusal without a code',
    { kind: 'refused', errorClass: 'config', reason: 'no sender' },
    'Reach the recipient in another way.',
  ],
])('after %s it says what to do', (_what, result, move) => {
  const { toDo, tried } = brief(result);
  expect(toDo).toMatch(new RegExp(`^${move.replaceAll('.', '\\.')}`));
  expect(toDo).toContain('acknowledge the task before 2026-01-02T04:04:05.000Z; after that nobody else is asked.');
  expect(tried).toEqual([
    expect.objectContaining({ number: 1, channel: 'sms', status: result.kind, reason: expect.any(String) as unknown }),
  ]);
});

it('names the next queue, and shows no more of the number than its mask', () => {
  const briefing = brief({ kind: 'timed_out' }, 'night');
  expect(briefing.toDo).toContain('after that it passes to the queue night.');
  expect(briefing.recipient).toBe('+1 202 ••• ••01');
});

it('the template to somebody on call says what its values name of the task', () => {
  const told = { messageId: 'msg_a', tenant: 'acme', step: 2, queue: 'desk', openedAt: '2026-01-02T03:04:05.000Z' };
  const whatsappTemplate = {
    contentSid: parseSid(`HX${'a'.repeat(32)}`, 'HX'),
    variables: { '1': '{queue} until {due}', '2': '{task}', '3': 'plain' },
  };
  const onCall = { channel: 'whatsapp', to: '+12025550109', whatsappTemplate } as const;
  const { request } = onCallMessage({ ...told, dueAt: task.dueAt }, onCall, brief({ kind: 'timed_out' }));
  expect(request.content).toEqual({
    body: expect.stringMatching(/^Task for desk: /) as string,
    whatsappTemplate: {
      contentSid: whatsappTemplate.contentSid,
      variables: { '1': 'desk until 04:04 UTC', '2': 'task_a_2', '3': 'plain' },
    },
  });
});

it('the text to somebody on call is short, in the alphabet of SMS, and without the number', () => {
  const told = { messageId: 'msg_a', tenant: 'acme', step: 2, queue: 'desk', openedAt: '2026-01-02T03:04:05.000Z' };
  const briefing = { ...brief({ kind: 'timed_out' }), happened: 'x'.repeat(2_000) };
  const { request } = onCallMessage({ ...told, dueAt: task.dueAt }, { channel: 'sms', to: '+12025550109' }, briefing);
  const { body = '' } = request.content;
  expect(body).toMatch(/^Task for desk: a message to \+1 202 xxx xx01 did not get through \(tried: sms\)\.\nXxx/);
  expect(body).toMatch(/Reply 1 to take it, until 04:04 UTC\. task_a_2$/);
  expect(body).toMatch(/^[\x20-\x7e\n]{1,500}$/);
  expect(request).toMatchObject({ expiresAt: task.dueAt, policy: { onTimeout: 'accept', escalation: [] } });
});

import { Webhook } from 'standardwebhooks';
import { callbackPayload } from '../../src/callbacks/callback-payload';
import { CALLER_TIMEOUT_MS } from '../../src/callbacks/callback-sender';
import { CALLBACK_RETRY_DELAYS_MS, LONGEST_DELAY_MS } from '../../src/callbacks/retry-delays';
import { CALLBACK_TYPES } from '../../src/domain/callback';
import { newOutcome } from '../support/database-fixtures';
import { codeBlock, readDocument, section, tableRows } from './markdown';

const DOCUMENT = readDocument('docs/callbacks.md');

test('docs/callbacks.md has every type of callback in the order of the code, and no other', () => {
  const types = tableRows(section(DOCUMENT, 'callback-types')).map(([type]) => type);
  expect(types).toEqual([...CALLBACK_TYPES]);
});

test('docs/callbacks.md shows a payload as it is', () => {
  const shown = JSON.parse(codeBlock(section(DOCUMENT, 'callback-example'), 'json')) as {
    data: Record<string, object>;
  };
  const payload = callbackPayload({
    callbackId: 'evt_1',
    tenant: 'acme',
    type: 'message.failed',
    messageId: 'msg_1',
    at: '2026-01-31T08:00:05.000Z',
    metadata: { order: '4711' },
    url: 'https://example.com',
    tries: 0,
    facts: { status: 'closed', outcome: newOutcome({ kind: 'failed' }), attempt: { number: 2, channel: 'sms' } },
  });
  const { data } = payload;
  expect(Object.keys(shown)).toEqual(Object.keys(payload));
  expect(Object.keys(shown.data)).toEqual(Object.keys(data));
  expect(Object.keys(shown.data['outcome'] ?? {})).toEqual(Object.keys(data.outcome ?? {}));
  expect(Object.keys(shown.data['attempt'] ?? {})).toEqual(Object.keys(data.attempt ?? {}));
});

test('docs/callbacks.md says how often and how long is tried', () => {
  expect(DOCUMENT).toContain(`within ${CALLER_TIMEOUT_MS / 1000} seconds`);
  expect(DOCUMENT).toContain(`${(CALLBACK_RETRY_DELAYS_MS[0] ?? 0) / 1000} seconds`);
  expect(DOCUMENT).toContain(`${LONGEST_DELAY_MS / 3_600_000} hours: ${CALLBACK_RETRY_DELAYS_MS.length + 1} tries`);
});

test('the library verifies as docs/callbacks.md says', () => {
  const example = codeBlock(section(DOCUMENT, 'verify').replaceAll(/^ {2}/gm, ''), 'ts');
  expect(example).toContain("import { Webhook } from 'standardwebhooks'");
  expect(example).toContain('webhook.verify(rawBody, request.headers)');
  expect(new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`).verify.length).toBe(3);
});

import { MESSAGE_CHANNELS } from '../../src/domain/channel';
import { isAcknowledgement } from '../../src/domain/acknowledge-word';
import { readSenderPools } from '../../src/config/sender-pools';
import { codesWith } from '../../src/domain/error-catalogue';
import { FAILURE_REASONS } from '../../src/domain/error-table';
import { STEP_CONDITIONS } from '../../src/domain/step-condition';
import { parseSendRequest } from '../../src/request/parse-send-request';
import { codeBlock, readDocument, section, tableRows } from './markdown';

const document = readDocument('docs/escalation.md');

test('the example of human steps is taken as it stands', () => {
  const example: unknown = JSON.parse(codeBlock(section(document, 'human-step'), 'json'));
  const parsed = parseSendRequest({ ...(example as object) });
  expect(parsed).toMatchObject({
    ok: true,
    request: {
      policy: {
        escalation: [
          {
            queue: 'front-desk',
            callbackUrl: 'https://team.example.com/tasks',
            onCall: { channel: MESSAGE_CHANNELS[0] },
          },
          { queue: 'duty-manager', acknowledgeTimeout: '1h' },
        ],
      },
    },
  });
});

test('the example of a voice step is taken as it stands', () => {
  const example: unknown = JSON.parse(codeBlock(section(document, 'voice-step'), 'json'));
  expect(
    parseSendRequest({ ...(example as object) }, { senders: { sms: '+12025550100', voice: '+12025550102' } }),
  ).toMatchObject({
    ok: true,
    request: { policy: { escalation: [{ channel: 'voice', language: 'en-GB', acknowledge: 'keypress' }, {}] } },
  });
});

test('the example of `when` is taken as it stands, with every clock', () => {
  const example: unknown = JSON.parse(codeBlock(section(document, 'when-steps'), 'json'));
  const senders = { sms: '+12025550100', whatsapp: '+12025550120', voice: '+12025550102' };
  expect(parseSendRequest({ ...(example as object) }, { senders })).toMatchObject({
    ok: true,
    request: {
      policy: {
        stepTimeout: '10m',
        escalation: [{ when: ['outside_window'] }, { stepTimeout: '5m' }, { when: ['landline', 'timeout'] }, {}],
      },
    },
  });
});

test('the document has every name that `when` can have, and the codes of those that have some', () => {
  const rows = tableRows(section(document, 'conditions'));
  expect(rows.map(([name]) => name)).toEqual([...STEP_CONDITIONS]);
  for (const [name = '', meaning = ''] of rows) {
    const reason = FAILURE_REASONS.find((known) => known === name);
    const codes = [...meaning.matchAll(/\b\d{5}\b/g)].map(([code]) => Number(code));
    expect({ name, codes }).toEqual({ name, codes: reason === undefined ? [] : codesWith(reason) });
  }
});

test('the example of pools is taken as it stands', () => {
  const [, pools = ''] = /^POSTHORN_SENDERS=(.*)$/m.exec(document) ?? [];
  expect(readSenderPools(pools)).toHaveLength(3);
});

test('the replies that the document names take a task', () => {
  const [, sentence = ''] = /A reply of ([^]*?), and nothing else/.exec(document) ?? [];
  const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
  expect(named).toHaveLength(4);
  expect(named.filter((word) => !isAcknowledgement(word))).toEqual([]);
});

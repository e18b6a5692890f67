import { MESSAGE_CHANNELS } from '../../src/domain/channel';
import { isAcknowledgement } from '../../src/domain/acknowledge-word';
import { parseSendRequest } from '../../src/request/parse-send-request';
import { codeBlock, readDocument, section } from './markdown';

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

test('the replies that the document names take a task', () => {
  const [, sentence = ''] = /A reply of ([^]*?), and nothing else/.exec(document) ?? [];
  const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
  expect(named).toHaveLength(4);
  expect(named.filter((word) => !isAcknowledgement(word))).toEqual([]);
});

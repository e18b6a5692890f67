import * as client from '../../src/client';
import { parseSendRequest } from '../../src/request/parse-send-request';
import { codeBlock, readDocument, section } from './markdown';

const readme = readDocument('README.md');
/** The demo stack has a sender of each channel. */
const senders = { sms: '+12025550100', whatsapp: '+12025550101' };

test('the first message in README.md is a request that the demo stack takes', () => {
  const [, body = ''] = /-d '([^']*)'/.exec(codeBlock(section(readme, 'first-message'), 'sh')) ?? [];
  expect(parseSendRequest(JSON.parse(body), { senders })).toMatchObject({
    ok: true,
    request: { channel: 'sms', policy: { escalation: [{ channel: 'whatsapp' }, { channel: 'human' }] } },
  });
});

test('what README.md imports from posthorn/client is there', () => {
  const [, names = ''] =
    /import \{ ([^}]*) \} from 'posthorn\/client'/.exec(codeBlock(section(readme, 'client'), 'ts')) ?? [];
  expect(names).not.toBe('');
  names.split(', ').forEach((name) => expect(client).toHaveProperty(name, expect.any(Function)));
});

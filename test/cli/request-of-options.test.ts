import { requestOfOptions } from '../../src/cli/request-of-options';
import { sendRequestSchema } from '../../src/request/send-request-schema';

test('posthorn send has an option or an argument for every field of a request', () => {
  const request = requestOfOptions({
    ...{ conversation: 'CH1', from: '+12025550100', channel: 'sms', template: 'HX1', variable: { 1: 'Ann' } },
    ...{ whatsappTemplate: 'HX2', whatsappVariable: { 1: 'Ann' } },
    ...{ media: 'ME1', category: 'alert', sendAt: 'a', expiresAt: 'b', timeToLive: 'c', timeZone: 'd' },
    ...{ ignoreQuietHours: 'asked', policy: {}, metadata: { order: '1' }, callbackUrl: 'https://example.com' },
  });
  const said = Object.keys({ to: '+12025550101', body: 'Hello', ...request });
  expect(said.toSorted()).toEqual(Object.keys(sendRequestSchema.shape).toSorted());
  expect(request).toMatchObject({
    conversationSid: 'CH1',
    content: { sid: 'HX1', variables: { 1: 'Ann' } },
    whatsappTemplate: { sid: 'HX2', variables: { 1: 'Ann' } },
    media: ['ME1'],
    ignoreQuietHours: { reason: 'asked' },
  });
});

test('what is not given is not said', () => {
  expect(requestOfOptions({})).toEqual({});
});

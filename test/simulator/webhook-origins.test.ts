import twilio from 'twilio';
import { sendWebhooksTo } from './support/configure';
import { AUTH_TOKEN } from './support/identifiers';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const receiver = useWebhookReceiver();
const fixture = useSimulator(() => ({ webhookOrigins: { 'https://posthorn.example': receiver.origin() } }));

test('a public URL can lead to a local one, and is signed as the public one', async () => {
  const publicUrl = 'https://posthorn.example/webhooks/twilio/conversations';
  await sendWebhooksTo(fixture.simulator().url, publicUrl);
  const conversationSid = await fixture.conversationWith();
  await fixture.service().conversations(conversationSid).messages.create({ body: 'hello' });
  await fixture.simulator().control.whenIdle();

  expect(receiver.received()).toHaveLength(2);
  for (const { path, signature, fields } of receiver.received()) {
    expect(path).toBe('/webhooks/twilio/conversations');
    expect(twilio.validateRequest(AUTH_TOKEN, signature, publicUrl, fields)).toBe(true);
  }
  expect(fixture.simulator().control.webhooks()).toMatchObject([{ url: publicUrl }, { url: publicUrl }]);
});

import { accountFromEnvironment } from '../../src/simulator/account/account-from-environment';
import { ACCOUNT_SID } from './support/identifiers';
import { useSimulator } from './support/use-simulator';

const MESSAGING_SERVICE_SID = `MG${'6'.repeat(32)}`;
const APPLICATION_SID = `AP${'7'.repeat(32)}`;
const CONNECT_APP_SID = `CN${'8'.repeat(32)}`;

const fixture = useSimulator(() => ({
  account: accountFromEnvironment({
    PUBLIC_BASE_URL: 'https://posthorn.example.com/',
    TWILIO_FROM: '+12025550100',
    TWILIO_VOICE_FROM: '+12025550102',
    TWILIO_WHATSAPP_FROM: 'whatsapp:+12025550101',
    TWILIO_MESSAGING_SERVICE_SID: MESSAGING_SERVICE_SID,
    TWILIO_APPLICATION_SID: APPLICATION_SID,
    TWILIO_CONDUCTOR_SID: CONNECT_APP_SID,
  }),
}));
const account = () => fixture.client().api.v2010.accounts(ACCOUNT_SID);

test('the account is what an application with this environment needs', async () => {
  expect(await account().fetch()).toMatchObject({ sid: ACCOUNT_SID, status: 'active', type: 'Full' });
  expect(await account().incomingPhoneNumbers.list()).toMatchObject([
    { phoneNumber: '+12025550100', capabilities: { sms: true, mms: true, voice: true } },
    { phoneNumber: '+12025550102' },
  ]);
  expect(await account().incomingPhoneNumbers.list({ phoneNumber: '+12025550102' })).toHaveLength(1);
  expect(await account().applications(APPLICATION_SID).fetch()).toMatchObject({
    voiceUrl: 'https://posthorn.example.com/webhooks/twilio/voice',
    voiceMethod: 'POST',
  });
  expect(await account().connectApps(CONNECT_APP_SID).fetch()).toMatchObject({ sid: CONNECT_APP_SID });
  await expect(
    account()
      .applications(`AP${'0'.repeat(32)}`)
      .fetch(),
  ).rejects.toMatchObject({ status: 404 });
});

test('messaging services stand beside conversation services under the same path', async () => {
  const service = fixture.client().messaging.v1.services(MESSAGING_SERVICE_SID);
  expect(await service.fetch()).toMatchObject({
    sid: MESSAGING_SERVICE_SID,
    inboundRequestUrl: 'https://posthorn.example.com/webhooks/twilio/messaging',
    useInboundWebhookOnNumber: false,
  });
  expect(await service.phoneNumbers.list()).toMatchObject([{ phoneNumber: '+12025550100' }]);
  expect(await fixture.service().fetch()).toMatchObject({ friendlyName: 'Default Conversations Service' });
  const senders = await fixture.client().messaging.v2.channelsSenders.list({ channel: 'whatsapp' });
  expect(senders).toMatchObject([{ senderId: 'whatsapp:+12025550101', status: 'ONLINE' }]);
});

test('the control API changes the account, part by part, and refuses what is none', async () => {
  const url = `${fixture.simulator().url}/_simulator/account`;
  const patch = (body: unknown) =>
    fetch(url, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  expect(await (await patch({ status: 'suspended', clockOffsetMs: -600_000 })).json()).toMatchObject({
    status: 'suspended',
    numbers: [{ phoneNumber: '+12025550100' }, { phoneNumber: '+12025550102' }],
  });
  const { body, headers } = await account().fetchWithHttpInfo();
  expect(body.status).toBe('suspended');
  expect(Date.now() - Date.parse(headers['date'] ?? '')).toBeGreaterThan(590_000);

  const refused = await patch({ numbers: [{ phoneNumber: '0123' }] });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('numbers[0].phoneNumber: must be E.164');
  expect(await (await fetch(url)).json()).toMatchObject({ status: 'suspended', numbers: [{}, {}] });
});

test('what is not in the form of its kind is not there', () => {
  expect(accountFromEnvironment({ TWILIO_FROM: '0123', TWILIO_APPLICATION_SID: CONNECT_APP_SID })).toEqual({
    numbers: [],
    whatsAppSenders: [],
    messagingServices: [],
    applications: [],
    connectApps: [],
  });
});

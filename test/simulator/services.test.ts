import { ACCOUNT_SID, SERVICE_SID } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

test('has the configured service from the start', async () => {
  const service = await fixture.service().fetch();

  expect(service).toMatchObject({ sid: SERVICE_SID, accountSid: ACCOUNT_SID });
});

test('lists the services page by page', async () => {
  const { services } = fixture.client().conversations.v1;
  const second = await services.create({ friendlyName: 'second' });
  const third = await services.create({ friendlyName: 'third' });

  const listed = await services.list({ pageSize: 1 });

  expect(listed.map(({ sid: serviceSid }) => serviceSid)).toEqual([SERVICE_SID, second.sid, third.sid]);
});

test('does not know other services', async () => {
  const unknown = fixture.client().conversations.v1.services(`IS${'0'.repeat(32)}`);

  expect(await refusalOf(unknown.fetch())).toMatchObject({ status: 404, code: 20404 });
  expect(await refusalOf(unknown.conversations.create({}))).toMatchObject({ status: 404, code: 20404 });
});

test('keeps the conversations of two services apart', async () => {
  const { services } = fixture.client().conversations.v1;
  const { sid: otherServiceSid } = await services.create({ friendlyName: 'other' });
  const { sid: conversationSid } = await fixture.service().conversations.create({ uniqueName: 'shared name' });

  const other = await services(otherServiceSid).conversations.create({ uniqueName: 'shared name' });

  expect(other.sid).not.toBe(conversationSid);
  const crossed = services(otherServiceSid).conversations(conversationSid).fetch();
  expect(await refusalOf(crossed)).toMatchObject({ status: 404, code: 20404 });
});

test('the default service is the one that the account configuration names', async () => {
  const { v1 } = fixture.client().conversations;
  const { sid: otherServiceSid } = await v1.services.create({ friendlyName: 'other' });

  const before = await v1.configuration().fetch();
  await v1.configuration().update({ defaultChatServiceSid: otherServiceSid });
  const conversation = await v1.conversations.create({});

  expect(before.defaultChatServiceSid).toBe(SERVICE_SID);
  expect(conversation.chatServiceSid).toBe(otherServiceSid);
});

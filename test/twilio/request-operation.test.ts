import { requestOperation } from '../../src/twilio/request-operation';

test.each([
  ['post', '/v1/Services/IS1/Conversations/CH1/Messages', 'POST Messages'],
  ['get', '/v1/Services/IS1/Conversations/CH1/Messages?Order=desc&PageSize=100', 'GET Messages'],
  ['get', '/v1/Services/IS1/Conversations/CH1/Messages/IM1/Receipts', 'GET Receipts'],
  ['get', '/v1/Services/IS1/Conversations/a-unique-name', 'GET Conversations/{sid}'],
  ['get', '/v1/Services/IS1/ParticipantConversations?Address=%2B12025550100', 'GET ParticipantConversations'],
  ['post', '/2010-04-01/Accounts/AC1/Calls.json', 'POST Calls'],
  ['get', '/2010-04-01/Accounts/AC1/Calls/CA1.json', 'GET Calls/{sid}'],
  ['get', '/v1/Something/+12025550100', 'GET other'],
])('%s %s is counted as %s', (method, path, operation) => {
  expect(requestOperation(method, `https://conversations.twilio.com${path}`)).toBe(operation);
});

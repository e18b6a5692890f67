/** The collections of Twilio's API that posthorn asks. Sources: https://www.twilio.com/docs/conversations/api, https://www.twilio.com/docs/voice/api */
const COLLECTIONS = [
  'Services',
  'Conversations',
  'Participants',
  'Messages',
  'Receipts',
  'ParticipantConversations',
  'Calls',
];

/** A request to Twilio as it is counted: method and collection, such as `POST Messages` or `GET Conversations/{sid}`; nothing that identifies anybody. */
export function requestOperation(method: string, uri: string): string {
  const parts = new URL(uri).pathname
    .replace(/\.json$/, '')
    .split('/')
    .filter((part) => part !== '');
  const collection = parts.findLast((part) => COLLECTIONS.includes(part));
  const one = collection === undefined || parts.at(-1) === collection ? '' : '/{sid}';
  return `${method.toUpperCase()} ${collection ?? 'other'}${one}`;
}

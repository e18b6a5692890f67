import { type Stage } from '../stage/start-stage';

/** Nobody else of a run has a number of this area; 555-0100 to 555-0199 behind it reach nobody. */
const AREA_CODE = '808';
const GROUPS = 24;
const PEOPLE_PER_GROUP = 3;

/** In WhatsApp: a pair of addresses is in one open conversation only, and single messages go out from other senders. */
const PROXY_ADDRESS = 'whatsapp:+18085550199';

type Twilio = Pick<Stage, 'credentials' | 'simulator'>;

/** A conversation with several people, which somebody else has made. */
export interface Group {
  readonly conversationSid: string;
  /** Plain numbers. */
  readonly people: readonly string[];
}

/** Makes the conversations that messages of the run go into. */
export async function makeGroups(stage: Twilio): Promise<[Group, ...Group[]]> {
  const groups: [Group, ...Group[]] = [await makeGroup(stage, 0)];
  for (let index = 1; index < GROUPS; index += 1) {
    groups.push(await makeGroup(stage, index));
  }
  return groups;
}

async function makeGroup(stage: Twilio, index: number): Promise<Group> {
  const conversationSid = await create(stage, '/Conversations', {});
  const people = Array.from({ length: PEOPLE_PER_GROUP }, (_, place) => numberOf(index * PEOPLE_PER_GROUP + place));
  for (const person of people) {
    await create(stage, `/Conversations/${conversationSid}/Participants`, {
      'MessagingBinding.Address': `whatsapp:${person}`,
      'MessagingBinding.ProxyAddress': PROXY_ADDRESS,
    });
  }
  return { conversationSid, people };
}

function numberOf(index: number): string {
  return `+1${AREA_CODE}55501${String(index).padStart(2, '0')}`;
}

/** @returns the SID of what was made. @throws Error with the refusal */
async function create(
  { credentials: { accountSid, authToken, serviceSid }, simulator }: Twilio,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await fetch(`${simulator.url}/v1/Services/${serviceSid}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  if (!answer.ok) {
    throw new Error(`POST ${path} was refused with ${answer.status}: ${await answer.text()}`);
  }
  return ((await answer.json()) as Readonly<Record<'sid', string>>).sid;
}

import { type Problem } from '../request/problem';

/** The option of `posthorn send` behind each field of a request; the more specific fields come first. */
const OPTIONS: readonly (readonly [field: string, option: string])[] = [
  ['conversationSid', '--conversation'],
  ['from', '--from'],
  ['channel', '--channel'],
  ['category', '--category'],
  ['content.variables', '--variable'],
  ['content.sid', '--template'],
  ['content', '--template'],
  ['whatsappTemplate.variables', '--whatsapp-variable'],
  ['whatsappTemplate.sid', '--whatsapp-template'],
  ['whatsappTemplate', '--whatsapp-template'],
  ['media', '--media'],
  ['timeZone', '--time-zone'],
  ['sendAt', '--send-at'],
  ['expiresAt', '--expires-at'],
  ['timeToLive', '--time-to-live'],
  ['ignoreQuietHours.reason', '--ignore-quiet-hours'],
  ['metadata', '--metadata'],
  ['callbackUrl', '--callback-url'],
];

/** Names that are no words of English: a message means the field by them wherever they stand, unless it speaks of requests over HTTP. */
const UNMISTAKABLE =
  /\b(?:conversationSid|timeZone|sendAt|expiresAt|timeToLive|whatsappTemplate|callbackUrl)\b(?! of a request)/g;

/** What is wrong with a request, in the names of the command line. What stands in the JSON of `--policy` keeps its own. */
export function inOptions({ field, message }: Problem): Problem {
  const [name, option] = OPTIONS.find(([known]) => isWithin(known, field)) ?? [field, field];
  const within = field
    .slice(name.length)
    .replace(/^\[\d+\]/, '')
    .replace(/^\./, '');
  const named = within === '' ? option : `${option} ${within}`;
  const said = message
    .slice(field.length)
    .replace(UNMISTAKABLE, (other) => OPTIONS.find(([known]) => known === other)?.[1] ?? other);
  return { field: named, message: `${named}${said}` };
}

function isWithin(known: string, field: string): boolean {
  return field === known || field.startsWith(`${known}.`) || field.startsWith(`${known}[`);
}

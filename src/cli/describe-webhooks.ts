import { type WebhookView } from '../http/presenters/webhook';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Webhooks for a person in front of a terminal, in their order. */
export function describeWebhooks(webhooks: readonly WebhookView[], timeZone: string = localTimeZone()): string {
  if (webhooks.length === 0) {
    return 'No webhook left a trace there.\n';
  }
  const table = createTable(['time', 'event', 'verdict', 'changed', 'count', 'ms', 'about']);
  for (const webhook of webhooks) {
    const { receivedAt, endpoint, event, verdict, effect, count, durationMs, reason } = webhook;
    const verdictInWords = reason === null ? verdict : `${verdict}: ${reason}`;
    const cost = durationMs === null ? '' : String(durationMs);
    const time = localTime(receivedAt, timeZone);
    table.push([time, event ?? `(${endpoint})`, verdictInWords, effect, String(count), cost, aboutOf(webhook)]);
  }
  return `Times are those of ${timeZone}.\n${table.toString()}\n`;
}

/** What helps to find it elsewhere: our id of the message, and the nearest of Twilio's. */
function aboutOf(webhook: WebhookView): string {
  const { callSid, messageId, messageSid, channelMessageSid, conversationSid, status, errorCode } = webhook;
  const nearestSid = messageSid ?? channelMessageSid ?? callSid ?? conversationSid;
  const receipt = status === null ? null : `${status}${errorCode === null ? '' : ` ${errorCode}`}`;
  return [receipt, messageId, nearestSid].filter((part) => part !== null).join(' ');
}

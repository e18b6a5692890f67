import { type InboundWord } from '../../../domain/word-sets';
import { type AcceptInbound } from '../../../inbox/accept-inbound';
import { type OptOutType, parseMessagingWebhook } from '../../../twilio/messaging-webhook';
import { type AppContext } from '../../app-context';
import { readSignedBody, requireEvent, type WebhookDependencies } from './signed-body';
import { describeInboundMessage, inboundNotes, noteWebhook } from './webhook-notes';

export interface MessagingWebhookDependencies extends WebhookDependencies {
  readonly acceptInbound: AcceptInbound;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const WORDS: Readonly<Record<OptOutType, InboundWord>> = { STOP: 'stop', START: 'start', HELP: 'help' };

/** TwiML that does nothing: any other body could be sent to the person as a reply. */
const NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** POST /webhooks/twilio/messaging: the inbound webhook of a messaging service, which alone carries OptOutType. */
export function messagingWebhook(deps: MessagingWebhookDependencies) {
  return async function messagingWebhook(context: AppContext): Promise<void> {
    const rawBody = await readSignedBody(deps, context);
    const event = requireEvent(deps, parseMessagingWebhook(rawBody), context, describeInboundMessage);
    const result = await deps.acceptInbound({
      channel: event.channel,
      from: event.from,
      writtenTo: { sender: event.to },
      text: event.body,
      word: event.optOutType === undefined ? undefined : WORDS[event.optOutType],
      evidence: event.messageSid,
      at: new Date(deps.now()).toISOString(),
      isDatedByTwilio: false,
    });
    noteWebhook(context, inboundNotes(result));
    context.status = 200;
    context.type = 'text/xml';
    context.body = NO_REPLY;
  };
}

import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type MessageListInstanceCreateOptions } from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import { type MessageContent } from '../domain/send-request';
import { type ConversationSid, type MessageSid, parseSid } from '../domain/sid';
import { attemptAttributes } from './attempt-attributes';
import { compact } from './compact';
import { type AttemptKey } from './gateway';
import { callTwilio } from './to-twilio-error';

/** Posts a message once. The key travels in its Attributes, and the webhook `onMessageAdded` brings it back. */
export function createMessage(
  service: ServiceContext,
  conversationSid: ConversationSid,
  key: AttemptKey,
  content: MessageContent,
): Promise<MessageSid> {
  return callTwilio('create message', 'once', async () => {
    const message = await service.conversations(conversationSid).messages.create({
      ...contentFields(content),
      attributes: attemptAttributes(key),
      // Without it, a message made over the API fires no onMessageAdded.
      xTwilioWebhookEnabled: 'true',
    });
    return parseSid(message.sid, 'IM');
  });
}

function contentFields({ body, template, mediaSid }: MessageContent): MessageListInstanceCreateOptions {
  return compact({
    body,
    mediaSid,
    contentSid: template?.contentSid,
    contentVariables: template === undefined ? undefined : JSON.stringify(template.variables),
  });
}

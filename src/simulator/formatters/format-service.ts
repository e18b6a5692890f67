import { toRestDate } from '../dates';
import { type Service } from '../entities/service';
import { links } from './urls';

/** A service as the API answers it. @param rootUrl the API's URL up to `/v1` */
export function formatService(accountSid: string, rootUrl: string, service: Service): Record<string, unknown> {
  const url = `${rootUrl}/Services/${service.serviceSid}`;
  return {
    account_sid: accountSid,
    sid: service.serviceSid,
    friendly_name: service.friendlyName,
    date_created: toRestDate(service.createdAt),
    date_updated: toRestDate(service.createdAt),
    url,
    links: links(url, {
      conversations: 'Conversations',
      participant_conversations: 'ParticipantConversations',
      configuration: 'Configuration',
    }),
  };
}

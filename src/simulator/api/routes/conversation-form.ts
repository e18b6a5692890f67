import { type ConversationDraft } from '../../actions/create-conversation';
import { type ConversationState } from '../../entities/conversation';
import { twilioErrors } from '../../errors/twilio-errors';
import { ATTRIBUTE_LIMITS, readAttributes, readSid, refuseFields } from '../fields';

/** Fields that Twilio takes and the simulator does not play. */
const NOT_PLAYED = [
  'Timers.Inactive',
  'Timers.Closed',
  'Bindings.Email.Address',
  'Bindings.Email.Name',
  'DateCreated',
  'DateUpdated',
];

/** Reads the fields of a new conversation. @throws TwilioApiError that names the field that is wrong */
export function readConversationDraft(form: URLSearchParams): ConversationDraft {
  const changes = readConversationChanges(form);
  return {
    uniqueName: null,
    friendlyName: null,
    attributes: '{}',
    messagingServiceSid: null,
    state: 'active',
    ...changes,
  };
}

/** Reads those fields of a conversation that are given. @throws TwilioApiError that names the field that is wrong */
export function readConversationChanges(form: URLSearchParams): Partial<ConversationDraft> {
  refuseFields(form, NOT_PLAYED);
  const state = readState(form);
  return {
    ...(form.has('UniqueName') ? { uniqueName: readUniqueName(form) } : {}),
    ...(form.has('FriendlyName') ? { friendlyName: form.get('FriendlyName') } : {}),
    ...(form.has('Attributes') ? { attributes: readAttributes(form, ATTRIBUTE_LIMITS.conversation) } : {}),
    ...(form.has('MessagingServiceSid') ? { messagingServiceSid: readSid(form, 'MessagingServiceSid', 'MG') } : {}),
    ...(state === undefined ? {} : { state }),
  };
}

/** Reads State from a form or a query. @throws TwilioApiError 20001 when there is no such state here */
export function readState(fields: URLSearchParams): ConversationState | undefined {
  const state = fields.get('State');
  if (state === null) {
    return undefined;
  }
  if (state !== 'active' && state !== 'inactive' && state !== 'closed') {
    throw twilioErrors.invalidParameter('State', 'use active, inactive or closed');
  }
  return state;
}

function readUniqueName(form: URLSearchParams): string | null {
  const uniqueName = form.get('UniqueName') ?? '';
  if (/^CH[0-9a-f]{32}$/i.test(uniqueName)) {
    throw twilioErrors.uniqueNameLooksLikeSid();
  }
  return uniqueName === '' ? null : uniqueName;
}

import { type MessageDraft } from '../../actions/add-message';
import { twilioErrors } from '../../errors/twilio-errors';
import { ATTRIBUTE_LIMITS, readAttributes, readSid, refuseFields } from '../fields';

/** Longest body, in characters: https://www.twilio.com/docs/conversations/conversations-limits */
const LONGEST_BODY = 1600;

/** Twilio's author of messages that name none. */
const DEFAULT_AUTHOR = 'system';

/** Reads the fields of a new message. @throws TwilioApiError that names what is missing or wrong */
export function readMessageDraft(form: URLSearchParams): MessageDraft {
  refuseFields(form, ['Subject', 'DateCreated', 'DateUpdated']);
  if (readSid(form, 'MediaSid', 'ME') !== null) {
    // The simulator takes no uploads, so there is no media that a message could carry.
    throw twilioErrors.mediaNotFound();
  }
  const contentSid = readSid(form, 'ContentSid', 'HX');
  const body = form.get('Body') ?? '';
  if (body === '' && contentSid === null) {
    throw twilioErrors.bodyMissing();
  }
  if (body.length > LONGEST_BODY) {
    throw twilioErrors.bodyTooLong();
  }
  return {
    author: form.get('Author') ?? DEFAULT_AUTHOR,
    body: body === '' ? null : body,
    attributes: readAttributes(form, ATTRIBUTE_LIMITS.message),
    contentSid,
    source: 'API',
  };
}

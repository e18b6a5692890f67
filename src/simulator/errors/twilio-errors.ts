import { TwilioApiError } from './twilio-api-error';

/**
 * The refusals that the simulator knows, by what went wrong. Codes and their meaning:
 * https://www.twilio.com/docs/api/errors
 */
export const twilioErrors = {
  authenticationFailed: () => new TwilioApiError(401, 20003, 'Authenticate'),
  invalidParameter: (field: string, remedy: string) =>
    new TwilioApiError(400, 20001, `Invalid parameter ${field}: ${remedy}`),
  pageSizeTooLarge: (largest: number) =>
    new TwilioApiError(400, 20007, `PageSize is too large: ask for ${largest} at most`),
  resourceNotFound: (path: string) => new TwilioApiError(404, 20404, `The requested resource ${path} was not found`),
  methodNotAllowed: () => new TwilioApiError(405, 20004, 'Method not allowed'),
  internalError: () => new TwilioApiError(500, 20500, 'Internal server error'),

  conversationNotFound: () => new TwilioApiError(404, 50350, 'Conversation not found'),
  uniqueNameExists: () => new TwilioApiError(409, 50353, 'Conversation with provided unique name already exists'),
  uniqueNameLooksLikeSid: () => new TwilioApiError(400, 50390, 'Unique name should not match conversation sid pattern'),
  conversationClosed: () => new TwilioApiError(400, 50377, "Can't update conversation as it's in final closed state"),
  attributesNotJson: () => new TwilioApiError(400, 50304, 'Attributes not valid JSON'),
  attributesTooLong: () => new TwilioApiError(400, 50303, 'Attributes too long'),

  invalidAddress: () => new TwilioApiError(400, 50407, 'Invalid messaging binding address'),
  invalidProxyAddress: () => new TwilioApiError(400, 50408, 'Invalid messaging binding proxy address'),
  addressEqualsProxy: () => new TwilioApiError(400, 50409, 'Participant address equals proxy address'),
  addressEmpty: () => new TwilioApiError(400, 50411, 'Participant address is empty'),
  proxyAddressEmpty: () => new TwilioApiError(400, 50412, 'Participant proxy address is empty'),
  proxyNotOurs: () => new TwilioApiError(403, 50413, 'Account is not authorized to use proxy address'),
  addressTypesDiffer: () =>
    new TwilioApiError(400, 50414, 'Participant address type does not match proxy address type'),
  proxyIsNoWhatsAppSender: () => new TwilioApiError(400, 50415, 'Proxy address is not WhatsApp enabled sender'),
  bindingExists: (conversationSid: string) =>
    new TwilioApiError(
      409,
      50416,
      `A binding for this participant and proxy address already exists in Conversation ${conversationSid}`,
    ),
  participantNotFound: () => new TwilioApiError(404, 50432, 'Participant not found'),
  identityExists: () => new TwilioApiError(409, 50433, 'Participant already exists'),

  messageNotFound: () => new TwilioApiError(404, 50500, 'Message not found'),
  bodyMissing: () => new TwilioApiError(400, 50503, 'Message body not provided'),
  bodyTooLong: () => new TwilioApiError(400, 50504, 'Message body too long'),
  mediaNotFound: () => new TwilioApiError(404, 50507, 'Media not found'),

  callToMissing: () => new TwilioApiError(400, 21201, "No 'To' number is specified"),
  callToInvalid: () => new TwilioApiError(400, 21211, "Invalid 'To' phone number"),
  callFromMissing: () => new TwilioApiError(400, 21213, "No 'From' number is specified"),
  callFromInvalid: () => new TwilioApiError(400, 21212, "Invalid 'From' phone number"),
  callFromNotOurs: () =>
    new TwilioApiError(400, 21210, "'From' phone number is not verified for, or owned by, the account"),
  callUrlInvalid: () => new TwilioApiError(400, 21205, 'Url is not a valid URL, or neither Url nor Twiml is given'),
  callCallbackInvalid: () => new TwilioApiError(400, 21609, 'Invalid StatusCallback url'),
  callNotInProgress: () => new TwilioApiError(400, 21220, 'Call is not in-progress, or has ended'),

  invalidWebhookMethod: () => new TwilioApiError(400, 50055, 'Invalid webhook method: use GET or POST'),
  invalidPreWebhookUrl: () => new TwilioApiError(400, 50077, 'Invalid pre-webhook url'),
  invalidPostWebhookUrl: () => new TwilioApiError(400, 50078, 'Invalid post-webhook url'),
} as const;

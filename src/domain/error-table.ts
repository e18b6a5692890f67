import { type ErrorClass } from './error-class';

/** What a person does about an error, one sentence each. */
export const REMEDIES = {
  wait: 'Nothing to do at once: it usually passes, and posthorn tries again as far as the policy allows.',
  lookFirst: 'Find out whether the recipient has the message before it is sent again.',
  slowDown: 'Send more slowly, or add senders or throughput at Twilio.',
  nextDay: 'Send the rest tomorrow, or ask Twilio for a higher daily limit.',
  login: 'Check TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET, and what the key is allowed to do.',
  checkResource:
    'Check that the conversation service, the template and the media of the message exist in this account.',
  checkNumber: 'Check the number with the recipient and correct it where it is kept.',
  otherChannel: 'Reach this person on another channel.',
  voice: 'Call this number, or ask the recipient for a mobile number.',
  geo: 'Allow the country in the geographic permissions of the Twilio account.',
  sender: 'Check the sender: it must belong to the account and be able to send on this channel to this country.',
  register: 'Register or verify the sender at Twilio for the country of the recipient.',
  account: 'Contact Twilio and settle the state of the account.',
  optOut: 'Send nothing more in this scope until the recipient opts in again.',
  possibleOptOut: 'Let a person find out whether the recipient opted out before anything more is sent to this number.',
  otherText: 'Do not send the same text again: let a person read and change it.',
  shorten: 'Shorten the text or make the media smaller, then send it as a new message.',
  withoutMedia: 'Send it as a text with a link instead of media.',
  price: 'Raise the highest price, or send a shorter message.',
  stillWanted: 'Send it again if it still matters to the recipient.',
  quietHours: 'Send it after 08:00 at the recipient.',
  legal: 'Do not message this number; ask for legal advice first.',
  whatsapp: 'Check the WhatsApp sender and its business account at Twilio and at Meta.',
  sandbox: 'Let the recipient join the WhatsApp sandbox, or send from a registered WhatsApp sender.',
  terms: 'Accept the terms that WhatsApp asks for in the business account at Meta.',
  useTemplate: 'Send an approved template: give content.sid and content.variables.',
  template: 'Check the template and its variables in the Content Template Builder.',
  media: 'Check that the media can be fetched, and that the channel takes its type and size.',
  reuse: 'Nothing to do: what already exists is used.',
  recreate: 'Nothing to do: a new conversation is made.',
  caller: 'Call from a number of the account that can call, or from a verified caller ID: see TWILIO_VOICE_FROM.',
  publicBaseUrl: 'Check PUBLIC_BASE_URL: Twilio has to reach posthorn there.',
  blockedCall: 'Reach this person on another channel, and ask Twilio why it blocks calls to this number.',
  trial: 'Verify the number at Twilio, or upgrade the account.',
  overAlready: 'Nothing to do: a call that is over cannot be changed.',
  participants: 'Remove participants that are no longer needed from the conversation.',
} as const;

/**
 * Why some codes fail, for the step that helps against just that.
 * - `landline`: the number takes no texts; a call reaches it.
 * - `outside_window`: WhatsApp takes nothing but a template there now.
 * - `not_on_channel`: this person cannot be reached on this channel, and perhaps on another.
 * - `blocked`: this person has blocked the sender on this channel, and has said nothing about others.
 */
export const FAILURE_REASONS = ['landline', 'outside_window', 'not_on_channel', 'blocked'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/**
 * What is special about a code.
 * - `ambiguous`: the message may have gone through all the same.
 * - `reuse`: what was to be made is there already; the gateway takes that.
 * - `recreate`: the conversation cannot be used any more; the gateway makes another, once.
 * - a reason by which a step of the ladder can be chosen.
 */
export type ErrorTrait = 'ambiguous' | 'reuse' | 'recreate' | FailureReason;

/** Class, meaning (completes the sentence "Twilio says: …"), remedy and what is special. */
export type ErrorRow = readonly [
  errorClass: ErrorClass,
  meaning: string,
  remedy: keyof typeof REMEDIES,
  trait?: ErrorTrait,
];

/**
 * Every error code that posthorn knows. Reviewed data: a change here changes what is sent again and to whom.
 * 30007 (filtered content) is deliberately no opt-out: the recipient has said nothing.
 * Source: https://www.twilio.com/docs/api/errors
 */
export const ERROR_TABLE: Readonly<Record<number, ErrorRow>> = {
  // The API in general
  20003: ['config', 'the login or its permissions were refused', 'login'],
  20404: ['message', 'something that the request names does not exist', 'checkResource', 'recreate'],
  20409: ['retry', 'the request collided with another change', 'wait'],
  20429: ['limit', 'too many requests to the API at once', 'slowDown'],
  20500: ['retry', 'trouble inside Twilio; the request may have been carried out', 'lookFirst', 'ambiguous'],
  20503: ['retry', 'Twilio was not available; the request may have been carried out', 'lookFirst', 'ambiguous'],

  // Numbers and senders
  21211: ['recipient', 'the recipient is not a valid phone number', 'checkNumber'],
  21408: ['config', 'the account may not send to this country', 'geo'],
  21606: ['config', 'the sender cannot send messages to this destination', 'sender'],
  21610: ['opt_out', 'the recipient has opted out of this sender or messaging service', 'optOut'],
  21612: ['recipient', 'the recipient cannot be reached from this sender', 'otherChannel'],
  21614: ['recipient', 'the recipient is not a mobile number', 'voice', 'landline'],
  21617: ['message', 'the text is longer than 1600 characters', 'shorten'],
  21635: ['recipient', 'the recipient is a landline', 'voice', 'landline'],
  21703: ['config', 'the messaging service has no sender that suits this message', 'sender'],
  21704: ['config', 'the messaging service has no sender at all', 'sender'],

  // Calls
  10004: ['limit', 'too many calls of the account are going on at once', 'slowDown'],
  13224: ['recipient', 'the number does not exist, or Twilio cannot call it', 'checkNumber'],
  13225: ['recipient', 'the call was blocked when it was dialled', 'blockedCall'],
  13226: ['recipient', 'the country code of the number is unknown', 'checkNumber'],
  13227: ['config', 'the account is not authorized to dial this country', 'geo'],
  21205: ['config', 'an address that the call is to come back to is not a valid URL', 'publicBaseUrl'],
  21210: ['config', 'the caller is neither a number of the account nor verified', 'caller'],
  21212: ['config', 'the caller is not a valid phone number', 'caller'],
  21214: ['recipient', 'the number that was called cannot be reached', 'otherChannel'],
  21215: ['config', 'the account may not call this country', 'geo'],
  21216: ['recipient', 'calls to this number are blocked', 'blockedCall'],
  21217: ['recipient', 'the number that was called does not appear to be valid', 'checkNumber'],
  21219: ['config', 'a trial account calls verified numbers only', 'trial'],
  21220: ['retry', 'the call is over, or has not begun', 'overAlready'],

  // Delivery by the carrier
  30001: ['limit', 'the queue of the sender is full', 'slowDown'],
  30002: ['config', 'the account is suspended', 'account'],
  30003: ['retry', 'the handset is switched off or out of reach', 'wait'],
  30004: ['recipient', 'the message was blocked for this number, maybe because of an opt-out', 'possibleOptOut'],
  30005: ['recipient', 'the number is unknown or no longer in use', 'checkNumber'],
  30006: ['recipient', 'the number is a landline or its carrier cannot be reached', 'voice', 'landline'],
  30007: ['message', 'Twilio or the carrier filtered the message as unwanted content', 'otherText'],
  30008: ['retry', 'the carrier gave no reason', 'wait'],
  30010: ['message', 'the message costs more than the price that was allowed', 'price'],
  30011: ['message', 'the number cannot receive media in its region', 'withoutMedia'],
  30017: ['limit', 'the network of the carrier is congested', 'wait'],
  30018: ['config', 'the country asks for a registered sender', 'register'],
  30019: ['message', 'the content is too large for the carrier', 'shorten'],
  30022: ['limit', 'the rate limit of the 10DLC campaign is exceeded', 'slowDown'],
  30023: ['limit', 'the daily cap of the 10DLC brand at this carrier is used up', 'nextDay'],
  30024: ['config', 'the sender is not provisioned with the carrier', 'register'],
  30027: ['limit', 'the daily limit at T-Mobile is used up', 'nextDay'],
  30032: ['config', 'the toll-free number is not verified', 'register'],
  30033: ['config', 'the 10DLC campaign is suspended', 'register'],
  30034: ['config', 'the sender is not registered for 10DLC', 'register'],
  30035: ['retry', 'the sender is still being configured for 10DLC', 'wait'],
  30036: ['retry', 'the message waited longer than its validity period', 'stillWanted'],
  30410: ['retry', 'the provider timed out; the message may have been delivered', 'lookFirst', 'ambiguous'],
  30450: ['retry', 'the number is blocked for a while, usually 15 to 30 minutes', 'wait'],
  30610: ['retry', 'it is quiet hours at the recipient', 'quietHours'],
  30640: ['recipient', 'the number belongs to a known litigator', 'legal'],

  // Conversations
  50063: ['limit', 'the conversation service had too many actions a second', 'slowDown'],
  50074: ['limit', 'the conversation services together had too many actions a second', 'slowDown'],
  50350: ['message', 'the conversation does not exist', 'checkResource', 'recreate'],
  50353: ['retry', 'a conversation with this unique name exists already', 'reuse', 'reuse'],
  50377: ['retry', 'the conversation is closed for good', 'recreate', 'recreate'],
  50386: ['retry', 'the conversation is still being set up', 'wait'],
  50391: ['retry', 'the conversation is being changed by another request', 'wait'],
  50407: ['recipient', 'the address of the recipient is not valid', 'checkNumber'],
  50408: ['config', 'the address of the sender is not valid', 'sender'],
  50409: ['recipient', 'the recipient is the sender itself', 'checkNumber'],
  50411: ['recipient', 'the address of the recipient is empty', 'checkNumber'],
  50412: ['config', 'the address of the sender is empty', 'sender'],
  50413: ['config', 'the account may not use this sender', 'sender'],
  50414: ['config', 'sender and recipient are on different channels', 'sender'],
  50415: ['config', 'the sender is not set up for WhatsApp', 'sender'],
  50416: ['retry', 'recipient and sender already share another conversation', 'reuse', 'reuse'],
  50417: ['config', 'the conversation has too many participants', 'participants'],
  50418: ['config', 'the conversation has too many participants with a phone number', 'participants'],
  50419: ['retry', 'the participant is being changed by another request', 'wait'],
  50422: ['config', 'the conversation has too many participants without a chat identity', 'participants'],
  50425: ['retry', 'one of the pairs of recipient and sender already shares another conversation', 'reuse', 'reuse'],
  50426: ['config', 'the request has too many participants', 'participants'],
  50433: ['retry', 'the participant is in the conversation already', 'reuse', 'reuse'],
  50437: ['retry', 'the group has this participant already', 'reuse', 'reuse'],
  50438: ['retry', 'an open conversation with the same participants exists already', 'reuse', 'reuse'],
  50449: ['retry', 'the channel is being changed by another request', 'wait'],
  50504: ['message', 'the text is too long', 'shorten'],
  50512: ['message', 'the media is too large', 'shorten'],
  50526: ['message', 'the template SID is not valid', 'template'],
  50527: ['message', 'the template variables are not a JSON object', 'template'],
  50528: ['message', 'there are template variables but no template', 'template'],
  50529: ['message', 'the template variables are too long together', 'template'],
  50540: ['message', 'the name of a template variable is longer than 16 characters', 'template'],
  50541: ['message', 'the value of a template variable is longer than 256 characters', 'template'],

  // WhatsApp and other channels
  63001: ['config', 'the channel refused the login of the sender', 'whatsapp'],
  63003: ['recipient', 'the recipient is not on this channel', 'otherChannel', 'not_on_channel'],
  63005: ['message', 'the channel did not accept the content', 'otherText'],
  63006: ['message', 'the content cannot be put into the form of the channel', 'otherText'],
  63007: ['config', 'the sender is not known on this channel', 'sender'],
  63008: ['config', 'the channel is not configured correctly', 'whatsapp'],
  63009: ['retry', 'the provider of the channel had trouble', 'wait'],
  63010: ['retry', 'trouble inside Twilio while the message was handled', 'wait'],
  63012: ['retry', 'the provider of the channel had trouble inside', 'wait'],
  63013: ['message', 'the message breaks the rules of the channel', 'otherText'],
  63014: ['opt_out', 'the recipient blocked the sender or opted out on this channel', 'optOut', 'blocked'],
  63015: ['config', 'the sandbox sends only to numbers that have joined it', 'sandbox'],
  63016: ['message', 'the 24-hour window is closed, and the message is no template', 'useTemplate', 'outside_window'],
  63017: ['limit', 'a rate limit was exceeded', 'slowDown'],
  63018: ['limit', 'the rate limit of the channel was exceeded', 'slowDown'],
  63019: ['message', 'the media could not be fetched', 'media'],
  63020: ['config', 'the business account has a problem', 'whatsapp'],
  63021: ['message', 'the content is not valid on this channel', 'otherText'],
  63023: ['retry', 'the channel failed without saying why', 'wait'],
  63024: ['recipient', 'the recipient is not valid on this channel', 'otherChannel', 'not_on_channel'],
  63026: ['message', 'the channel takes the content for spam', 'otherText'],
  63027: ['message', 'the template does not exist in this language', 'template'],
  63028: ['message', 'the number of template variables is wrong', 'template'],
  63030: ['message', 'the message has a part that the channel does not support', 'otherText'],
  63032: ['recipient', 'WhatsApp does not deliver to this person for now', 'otherChannel', 'not_on_channel'],
  63033: ['opt_out', 'the recipient has opted out of marketing on WhatsApp', 'optOut'],
  63034: ['message', 'the media is too large for the channel', 'media'],
  63036: ['retry', 'the number cannot be reached over RCS for now', 'otherChannel'],
  63038: ['limit', 'the daily limit of the account is used up', 'nextDay'],
  63040: ['message', 'WhatsApp rejected the template', 'template'],
  63041: ['message', 'WhatsApp paused the template because recipients complained', 'template'],
  63042: ['message', 'WhatsApp disabled the template because recipients complained', 'template'],
  63049: ['recipient', 'WhatsApp chose not to deliver this message to this person', 'otherChannel', 'not_on_channel'],
  63051: ['config', 'WhatsApp locked the business account', 'whatsapp'],
  63062: ['config', 'the terms for marketing messages on WhatsApp are not accepted', 'terms'],
};

import { type z } from 'zod';
import { parseAddress } from '../domain/address';
import { type Category } from '../domain/category';
import { CONVERSATION_CHANNEL } from '../domain/channel';
import { completePolicy, type PartialPolicy } from '../domain/complete-policy';
import { type ConversationRequest, type RecipientRequest, type SendRequest } from '../domain/send-request';
import { type Senders } from '../domain/sender';
import { parseSid } from '../domain/sid';
import { channelOf } from './address-field';
import { callbackUrlProblems, type CallbackRules } from './callback-url-field';
import { toContent } from './content-fields';
import { missingSenders } from './missing-senders';
import { type Problem, problemsOf } from './problem';
import { sendRequestSchema } from './send-request-schema';
import { selfConnections } from './self-connections';
import { speechlessSteps } from './speechless-steps';
import { toRequestTimes } from './time-fields';
import { toPartialPolicy } from './to-partial-policy';
import { toolProblems } from './tool-problems';

export type ParsedSendRequest =
  { readonly ok: true; readonly request: SendRequest } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the configuration adds to a request. */
export interface RequestDefaults {
  /** From POSTHORN_DEFAULT_POLICY. */
  readonly policy?: PartialPolicy | undefined;
  /** When given, a request with a step that no sender serves is refused. */
  readonly senders?: Senders | undefined;
  /** When given, a callbackUrl that they do not allow is refused. */
  readonly callbacks?: CallbackRules | undefined;
  /** When the request came, for a time to live; without it the present moment. */
  readonly now?: Date | undefined;
}

const DEFAULT_CATEGORY: Category = 'notification';

/**
 * Reads a request from outside and completes it: addresses in E.164, the channel, the policy without gaps.
 * Never throws; finds all problems at once.
 */
export function parseSendRequest(input: unknown, defaults: RequestDefaults = {}): ParsedSendRequest {
  const parsed = sendRequestSchema.safeParse(input);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error, 'the request') };
  }
  const request = toSendRequest(parsed.data, defaults.policy, defaults.now ?? new Date());
  const problems = [
    ...speechlessSteps(request),
    ...selfConnections(request),
    ...(defaults.senders === undefined ? [] : missingSenders(request, defaults.senders)),
    ...(defaults.callbacks === undefined || request.callbackUrl === undefined
      ? []
      : callbackUrlProblems(request.callbackUrl, defaults.callbacks)),
    ...(defaults.callbacks === undefined ? [] : toolProblems(request, defaults.callbacks)),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, request };
}

function toSendRequest(
  fields: z.output<typeof sendRequestSchema>,
  defaultPolicy: PartialPolicy | undefined,
  now: Date,
): SendRequest {
  const { category = DEFAULT_CATEGORY, policy, metadata = {}, callbackUrl } = fields;
  return {
    ...recipientOf(fields),
    content: toContent(fields) ?? {},
    category,
    policy: completePolicy(category, defaultPolicy, policy === undefined ? undefined : toPartialPolicy(policy)),
    metadata,
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
    ...toRequestTimes(fields, now),
  };
}

/** Whom the message is for. The schema has seen to it that `to` or `conversationSid` is there. */
function recipientOf(
  fields: z.output<typeof sendRequestSchema>,
): Pick<RecipientRequest, 'to' | 'from' | 'channel'> | Pick<ConversationRequest, 'conversationSid' | 'channel'> {
  const { to = '', from, conversationSid } = fields;
  if (conversationSid !== undefined) {
    return { conversationSid: parseSid(conversationSid, 'CH'), channel: CONVERSATION_CHANNEL };
  }
  return {
    to: parseAddress(to).e164,
    ...(from === undefined ? {} : { from: parseAddress(from).e164 }),
    channel: channelOf(fields),
  };
}

import { type z } from 'zod';
import { parseAddress } from '../domain/address';
import { type Category } from '../domain/category';
import { completePolicy, type PartialPolicy } from '../domain/complete-policy';
import { type SendRequest } from '../domain/send-request';
import { type Senders } from '../domain/sender';
import { channelOf } from './address-field';
import { toContent } from './content-fields';
import { missingSenders } from './missing-senders';
import { type Problem, problemsOf } from './problem';
import { sendRequestSchema } from './send-request-schema';
import { toPartialPolicy } from './to-partial-policy';

export type ParsedSendRequest =
  { readonly ok: true; readonly request: SendRequest } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the configuration adds to a request. */
export interface RequestDefaults {
  /** From POSTHORN_DEFAULT_POLICY. */
  readonly policy?: PartialPolicy | undefined;
  /** When given, a request with a step that no sender serves is refused. */
  readonly senders?: Senders | undefined;
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
  const request = toSendRequest(parsed.data, defaults.policy);
  const problems = defaults.senders === undefined ? [] : missingSenders(request, defaults.senders);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, request };
}

function toSendRequest(
  fields: z.output<typeof sendRequestSchema>,
  defaultPolicy: PartialPolicy | undefined,
): SendRequest {
  const { to, from, category = DEFAULT_CATEGORY, policy, metadata = {} } = fields;
  return {
    to: parseAddress(to).e164,
    ...(from === undefined ? {} : { from: parseAddress(from).e164 }),
    channel: channelOf(fields),
    content: toContent(fields) ?? {},
    category,
    policy: completePolicy(category, defaultPolicy, policy === undefined ? undefined : toPartialPolicy(policy)),
    metadata,
  };
}

import { type PartialPolicy } from '../domain/complete-policy';
import { policySchema } from './policy-schema';
import { type Problem, problemsOf } from './problem';
import { toPartialPolicy } from './to-partial-policy';

export type ParsedPolicy =
  { readonly ok: true; readonly policy: PartialPolicy } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a policy as it stands in a request or in POSTHORN_DEFAULT_POLICY, already parsed from JSON. Never throws. */
export function parsePartialPolicy(input: unknown): ParsedPolicy {
  const parsed = policySchema.safeParse(input);
  return parsed.success
    ? { ok: true, policy: toPartialPolicy(parsed.data) }
    : { ok: false, problems: problemsOf(parsed.error, 'the policy') };
}

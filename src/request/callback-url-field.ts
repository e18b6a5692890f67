import { z } from 'zod';
import { expectation } from './expectation';
import { type Problem } from './problem';

/** Long enough for any address that a person or a program makes up. */
const LONGEST_URL = 2048;

/** Which callback URLs the configuration allows to a tenant. */
export interface CallbackRules {
  /** Whether http will do: POSTHORN_CALLBACK_ALLOW_PRIVATE. */
  readonly allowPrivate: boolean;
  /** Whether POSTHORN_CALLBACK_SECRETS has a secret of the tenant. */
  readonly hasSecret: boolean;
}

/** Whom to tell what becomes of the message. What is wrong with it is said without repeating it: its query may be secret. */
export const callbackUrlField = z
  .string({ error: expectation('the address of your receiver, such as "https://example.com/posthorn"') })
  .max(LONGEST_URL, { error: `is longer than ${LONGEST_URL} characters: shorten it` })
  .superRefine((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      context.addIssue({
        code: 'custom',
        message: 'is not an address: give an https URL, such as "https://example.com/posthorn"',
      });
    } else if (url.username !== '' || url.password !== '') {
      context.addIssue({
        code: 'custom',
        message: 'has a user or a password in it: leave them out and check the signature instead',
      });
    }
  });

/** What the configuration has against a valid callback URL, which stands in the given field. */
export function callbackUrlProblems(
  url: string,
  { allowPrivate, hasSecret }: CallbackRules,
  field = 'callbackUrl',
): Problem[] {
  const refusals = [
    ...(new URL(url).protocol === 'http:' && !allowPrivate
      ? ['is not https: give an https URL; http is only for where POSTHORN_CALLBACK_ALLOW_PRIVATE is true']
      : []),
    ...(hasSecret
      ? []
      : [
          'cannot be used without a secret to sign with: add tenant:whsec_… for this tenant to POSTHORN_CALLBACK_SECRETS',
        ]),
  ];
  return refusals.map((refusal) => ({ field, message: `${field} ${refusal}` }));
}

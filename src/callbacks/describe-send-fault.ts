/** What kept a callback from reaching its caller, in words without the address: the error's own message may have it in it. */
export function describeSendFault(error: unknown): string {
  if (isAddressRefused(error)) {
    return 'callbackUrl leads to a private, loopback, link-local or otherwise special address, which posthorn calls only where POSTHORN_CALLBACK_ALLOW_PRIVATE is true';
  }
  const code = codeOf(error);
  return code === undefined ? 'the caller could not be reached' : `the caller could not be reached (${code})`;
}

/** The agent tells it in words only. */
function isAddressRefused(error: unknown): boolean {
  return error instanceof Error && /^DNS lookup .* is not allowed\. Because/.test(error.message);
}

/** Such as ECONNREFUSED, ENOTFOUND or CERT_HAS_EXPIRED; of several addresses, what the first said. */
function codeOf(error: unknown): string | undefined {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code } = (first ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}

/** The fields of a form-encoded webhook by name; the values of a name in the order in which they came. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a form-encoded body. Names are taken as they are, so that `MessagingBinding.Address` or `a[b]` stays one name,
 * and empty and repeated values are kept: Twilio's signature covers each of them.
 */
export function parseFormFields(rawBody: Buffer): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawBody.toString('utf8'))) {
    const values = fields.get(name);
    if (values === undefined) {
      fields.set(name, [value]);
    } else {
      values.push(value);
    }
  }
  return fields;
}

/** One value per name: the first. Twilio's webhooks repeat no name. */
export function firstValues(fields: FormFields): Readonly<Record<string, string>> {
  return Object.fromEntries([...fields].map(([name, values]) => [name, values[0] ?? '']));
}

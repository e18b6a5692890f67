import { z } from 'zod';
import { expectation } from './expectation';
import { type Breach, type Fields, withRule } from './strict-object';
import { isStorable, textField, UNSTORABLE_MESSAGE } from './text-field';

/** How many names a record may have, and how long names, values and all of them together may be, in characters. */
export interface RecordLimits {
  readonly entries: number;
  readonly name: number;
  readonly value: number;
  readonly total: number;
}

/** Texts by name, within limits. */
export function textRecord(what: string, limits: RecordLimits): z.ZodRecord<z.ZodString, z.ZodString> {
  const record = z.record(z.string(), textField('a text', limits.value), { error: expectation(what) });
  return withRule(record, (texts) => [...sizeBreaches(texts, limits), ...nameBreaches(texts, limits)]);
}

function sizeBreaches(texts: Fields, limits: RecordLimits): Breach[] {
  const entries = Object.entries(texts);
  const total = entries.reduce(
    (sum, [name, text]) => sum + name.length + (typeof text === 'string' ? text.length : 0),
    0,
  );
  if (entries.length > limits.entries) {
    return [{ path: [], message: `has ${entries.length} entries: give at most ${limits.entries}` }];
  }
  if (total > limits.total) {
    return [{ path: [], message: `has ${total} characters in names and values: give at most ${limits.total}` }];
  }
  return [];
}

function nameBreaches(texts: Fields, limits: RecordLimits): Breach[] {
  return Object.keys(texts).flatMap((name) => {
    const message = nameBreach(name, limits);
    return message === undefined ? [] : [{ path: [name], message }];
  });
}

function nameBreach(name: string, limits: RecordLimits): string | undefined {
  if (name === '') {
    return 'has an empty name: give it a name';
  }
  if (name.length > limits.name) {
    return `has a name of ${name.length} characters: shorten it to at most ${limits.name}`;
  }
  return isStorable(name) ? undefined : UNSTORABLE_MESSAGE;
}

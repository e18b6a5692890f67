import { z } from 'zod';
import { type Address, AddressError, parseAddress } from '../domain/address';
import { isMessageChannel, type MessageChannel } from '../domain/channel';
import { expectation } from './expectation';
import { type Breach, type Fields } from './strict-object';

/** A phone number, with or without `whatsapp:` before it. It stays as it was written; `parseAddress` reads it. */
export function addressField(whose: string): z.ZodString {
  const what = `the number of ${whose}, such as "+12025550101" or "whatsapp:+12025550101"`;
  return z.string({ error: expectation(what) }).superRefine((text, context) => {
    const read = tryParseAddress(text);
    if (read instanceof AddressError) {
      context.addIssue({ code: 'custom', message: read.message });
    }
  });
}

/** What the addresses of a request or step say of its channel: the one that is given, else the one of a prefix, else sms. */
export function channelOf(fields: {
  readonly channel?: unknown;
  readonly to?: unknown;
  readonly from?: unknown;
}): MessageChannel {
  return isMessageChannel(fields.channel) ? fields.channel : (prefixOf(fields.to) ?? prefixOf(fields.from) ?? 'sms');
}

/** Addresses that contradict the channel, or each other. */
export function addressBreaches(fields: Fields): Breach[] {
  const channel = channelOf(fields);
  const contradicting = (['to', 'from'] as const).filter((field) => (prefixOf(fields[field]) ?? channel) !== channel);
  const breaches = contradicting.map((field) => ({
    path: [field],
    message: `starts with whatsapp: but the channel is ${channel}: remove the prefix, or give the channel whatsapp`,
  }));
  const to = e164Of(fields['to']);
  const isToItself = to !== undefined && to === e164Of(fields['from']);
  return isToItself
    ? [...breaches, { path: ['from'], message: 'is the same number as to: give another sender' }]
    : breaches;
}

function prefixOf(text: unknown): MessageChannel | undefined {
  const read = tryParseAddress(text);
  return read === undefined || read instanceof AddressError ? undefined : read.channel;
}

function e164Of(text: unknown): string | undefined {
  const read = tryParseAddress(text);
  return read === undefined || read instanceof AddressError ? undefined : read.e164;
}

function tryParseAddress(text: unknown): Address | AddressError | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  try {
    return parseAddress(text);
  } catch (error) {
    if (error instanceof AddressError) {
      return error;
    }
    throw error;
  }
}

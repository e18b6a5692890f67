import { type Instructions } from '../entities/call';
import { type Stage } from './stage';

/**
 * Instructions at a URL that a document names, in relation to where the document came from.
 * A URL that leads nowhere is kept: asking for it fails, and ends the call as it does at Twilio.
 */
export function urlFrom(
  { url: documentUrl }: Pick<Stage, 'url'>,
  text: string | null,
  method: 'GET' | 'POST',
  fields: Readonly<Record<string, string>> = {},
): Instructions {
  const wanted = text ?? '';
  const base = documentUrl ?? undefined;
  const url = URL.canParse(wanted, base) ? new URL(wanted, base).href : 'http://invalid.invalid/';
  return { kind: 'url', url, method, fields };
}

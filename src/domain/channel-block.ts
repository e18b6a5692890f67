import { type MessageChannel } from './channel';
import { reasonOfCode } from './error-catalogue';
import { type OptOutScope } from './opt-out-scope';

/** What a statement of the ledger rests on that an error code of Twilio's made. `subject` says which message, without an address. */
export function evidenceOfCode(code: number, subject: string): string {
  return `error ${code} on ${subject}`;
}

/**
 * Whether a statement is about one channel as a whole and rests on nothing but the error code of a block there. What a person, a caller
 * or an operator has said is no such thing, and neither is a code whose reach is configured to be another one.
 */
export function isChannelBlock(
  { evidence, scope, source }: { readonly scope: OptOutScope; readonly source: string; readonly evidence: string },
  channel: MessageChannel,
): boolean {
  const [, code] = /^error (\d+) on /.exec(evidence) ?? [];
  const isAboutChannel = scope.channel === channel && scope.sender === undefined && scope.category === undefined;
  return source === 'receipt' && isAboutChannel && code !== undefined && reasonOfCode(Number(code)) === 'blocked';
}

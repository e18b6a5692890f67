import { callVerdict } from '../src/domain/call-state';
import { verdict } from '../src/domain/delivery-state';
import { type Attempt, callOf, channelOf, type Delivery, stateOf } from './delivery';

/** The delivery in Markdown, for Temporal's UI: SIDs and statuses, never an address or a text. */
export function detailsFor(delivery: Delivery): string {
  const { heldUntil, outcome, position, status } = delivery;
  const headline =
    outcome === undefined
      ? `**${status.replaceAll('_', ' ')}**${heldUntil === undefined ? '' : ` until ${heldUntil}`} on step ${position.step} (${channelOf(delivery)})`
      : `**${outcome.kind.replaceAll('_', ' ')}**: ${outcome.reason}`;
  return [headline, ...delivery.attempts.map((attempt) => describeAttempt(delivery, attempt))].join('\n\n');
}

function describeAttempt(delivery: Delivery, attempt: Attempt): string {
  const state = stateOf(delivery, attempt);
  if (attempt.call !== undefined) {
    return describeCall(delivery, attempt);
  }
  const receipt = state.status ?? (attempt.handedOver === undefined ? 'not handed over' : 'no receipt yet');
  const error = verdict(state) === 'failed' && state.errorCode !== undefined ? `, error ${state.errorCode}` : '';
  const message = attempt.handedOver === undefined ? '' : ` as \`${attempt.handedOver.messageSid}\``;
  return `- attempt ${attempt.number} by ${attempt.channel}${message}: ${receipt}${error}`;
}

function describeCall(delivery: Delivery, attempt: Attempt): string {
  const state = callOf(delivery, attempt);
  const verdict = callVerdict(state);
  const status = verdict === 'pending' ? (state.latest?.status ?? 'nothing heard yet') : verdict.replaceAll('_', ' ');
  const call = attempt.call?.callSid === undefined ? '' : ` as \`${attempt.call.callSid}\``;
  return `- attempt ${attempt.number} by ${attempt.channel}${call}: ${status}`;
}

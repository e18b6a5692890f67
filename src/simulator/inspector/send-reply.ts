import { type SimulatorControl } from '../control/simulator-control';
import { type SimulatorState } from '../state/simulator-state';

/** What became of a reply, in words for the person who sent it. */
export interface ReplyResult {
  readonly isSent: boolean;
  readonly notice: string;
}

/** Plays a reply of a participant, as the form gives it. */
export function sendReply(state: SimulatorState, control: SimulatorControl, form: URLSearchParams): ReplyResult {
  const participantSid = form.get('participantSid') ?? '';
  const body = form.get('body') ?? '';
  const binding = findBinding(state, participantSid);
  if (binding === undefined) {
    return { isSent: false, notice: 'Reply as: choose a participant of an open conversation.' };
  }
  if (body.trim() === '' || body.length > 1600) {
    return { isSent: false, notice: 'Text: write between 1 and 1600 characters.' };
  }
  const { optOut } = control.receiveInbound({ from: binding.address, to: binding.proxyAddress, body });
  const consequence = { stop: ' This person has now opted out.', start: ' This person has now opted in.' };
  return { isSent: true, notice: `Sent as ${binding.address}.${optOut === null ? '' : consequence[optOut]}` };
}

function findBinding(
  state: SimulatorState,
  participantSid: string,
): { readonly address: string; readonly proxyAddress: string } | undefined {
  for (const conversation of state.recentConversations.values()) {
    const binding = conversation.participants.get(participantSid)?.binding ?? null;
    if (binding !== null && conversation.state !== 'closed') {
      return binding;
    }
  }
  return undefined;
}

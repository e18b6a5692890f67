import { maskAddress } from '../../domain/address';
import { type AccountGateway, type ConversationOverview, type ParticipantSnapshot } from '../../twilio/account-gateway';
import { fromTwilioAddress } from '../../twilio/twilio-address';
import { type ConversationSid } from '../../domain/sid';
import { type Check, defineCheck } from '../check';
import { type DoctorContext } from '../doctor-context';
import { type Finding, green, red, yellow } from '../finding';

/** One conversation: who is in it, how they are reached, and which calls they had. Asked only when somebody names one. */
export const conversationCheck = (conversationSid: ConversationSid): Check =>
  defineCheck({
    name: 'conversation',
    after: ['conversation-service'],
    needs: ['TWILIO_CONVERSATIONS_SERVICE_SID'],
    run: async (context): Promise<Finding> => {
      const { settings, twilio } = context;
      const found = await twilio().readConversation(settings.TWILIO_CONVERSATIONS_SERVICE_SID, conversationSid);
      if (found === undefined) {
        return red({
          what: `The conversation service has no conversation ${conversationSid}.`,
          why: 'A message into it ends as undeliverable.',
          remedy: 'Take its SID from the Twilio Console, of the service TWILIO_CONVERSATIONS_SERVICE_SID.',
        });
      }
      return judge(conversationSid, found, await tieCalls(context, found));
    },
  });

/** What is known of the calls of a conversation's participants, by call SID. */
interface TiedCalls {
  /** Lines about calls that posthorn knows. */
  readonly matched: readonly string[];
  readonly unmatched: readonly string[];
}

/** Calls have no conversation of their own at Twilio: they are found by the addresses, and by what the participants' Attributes mention. */
async function tieCalls(
  { knownCalls, twilio }: Pick<DoctorContext, 'knownCalls' | 'twilio'>,
  { participants }: ConversationOverview,
): Promise<TiedCalls> {
  const calls = (await Promise.all(participants.map((participant) => callsOf(twilio(), participant)))).flat();
  const noted = participants.flatMap(({ notedCallSids }) => notedCallSids);
  const callSids = [...new Set([...calls.map(({ callSid }) => callSid), ...noted])];
  const known = callSids.length === 0 ? new Set<string>() : await knownCalls(callSids);
  const describe = (callSid: string): string => {
    const call = calls.find((candidate) => candidate.callSid === callSid);
    const story = call === undefined ? 'not among the latest calls' : `${call.status} ${call.startedAt ?? ''}`.trim();
    const place = noted.some((one) => one === callSid) ? ', noted with the participant' : '';
    return `call ${callSid}: ${story}${place}`;
  };
  return {
    matched: callSids.filter((callSid) => known.has(callSid)).map(describe),
    unmatched: callSids.filter((callSid) => !known.has(callSid)).map(describe),
  };
}

async function callsOf(
  twilio: AccountGateway,
  { address }: ParticipantSnapshot,
): ReturnType<AccountGateway['listCalls']> {
  const number = address === undefined ? undefined : fromTwilioAddress(address)?.address;
  return number === undefined || number === '' ? [] : await twilio.listCalls(number);
}

function judge(
  conversationSid: string,
  { participants, state }: ConversationOverview,
  { matched, unmatched }: TiedCalls,
): Finding {
  const what = [
    `${conversationSid} is ${state} and has ${participants.length} participants.`,
    ...participants.map(describeParticipant),
    ...matched.map((line) => `${line}; posthorn's`),
    ...unmatched.map((line) => `${line}; unknown to posthorn`),
  ].join('\n');
  if (!participants.some(({ address }) => address !== undefined)) {
    return yellow({
      what,
      why: 'Nobody in it has a binding, so no message into it leaves the chat.',
      remedy: 'Add a participant with MessagingBinding.Address and MessagingBinding.ProxyAddress.',
    });
  }
  if (state === 'closed') {
    return yellow({
      what,
      why: 'Closed is final: Twilio takes no message into it.',
      remedy: 'Send with to in place of conversationSid; posthorn then makes a conversation anew.',
    });
  }
  return unmatched.length === 0
    ? green(what)
    : yellow({
        what,
        why: 'posthorn did not make these calls, or lost track of them: they belong to no message.',
        remedy: 'See who else calls from this account; posthorn trace <call SID> shows what posthorn knows of a call.',
      });
}

function describeParticipant({ address, bindingType, participantSid, proxyAddress }: ParticipantSnapshot): string {
  if (address === undefined) {
    return `participant ${participantSid}: a member of the chat, without binding`;
  }
  const proxy = proxyAddress === undefined ? 'no proxy address' : masked(proxyAddress);
  return `participant ${participantSid}: ${bindingType ?? 'unknown'} ${masked(address)} by ${proxy}`;
}

function masked(twilioAddress: string): string {
  return maskAddress(fromTwilioAddress(twilioAddress)?.address ?? '');
}

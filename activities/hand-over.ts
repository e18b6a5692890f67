import { type AttemptGrant } from '../src/database/message-store';
import { type MessageSid } from '../src/domain/sid';
import { CONVERSATION_CLOSED, CONVERSATION_GONE_CODES, isRefusedWith } from '../src/twilio/error-codes';
import { type OpenConversation } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { type Handover, type HandOverDependencies, keyOf, type Trail } from './handover-context';
import { LIST_LAG_MS, lookForMessage } from './look-for-message';
import { begin, type Permit, PERMIT_MS } from './permit';
import { type SendResult } from './send-message';
import { toRefusal } from './to-refusal';

const HELD_BACK: SendResult = { kind: 'opted_out', reason: 'the recipient has opted out, so nothing was sent' };

/** Refusals that say that the conversation can take no message any more. */
const GONE_CODES: ReadonlySet<number> = new Set([CONVERSATION_CLOSED, ...CONVERSATION_GONE_CODES]);

/** Opt-out check, conversation, message, SID stored: the road of one attempt, fit to be walked again after any crash. */
export async function handOver(deps: HandOverDependencies, handover: Handover, trail: Trail): Promise<SendResult> {
  const permit = await begin(deps, handover, trail);
  const { openCreate } = permit.grant;
  if (openCreate === undefined) {
    return await proceed(deps, handover, trail, permit);
  }
  const earlier = await findEarlier(deps, handover, permit.grant, openCreate.ageMs);
  if (earlier !== undefined) {
    return earlier;
  }
  const next = await begin(deps, handover, trail, { provedAbsent: openCreate.createId });
  return await proceed(deps, handover, trail, next);
}

/** The message that an earlier create of this attempt left at Twilio; undefined when it is proved that there is none. */
async function findEarlier(
  deps: HandOverDependencies,
  handover: Handover,
  { conversation, startedAt }: AttemptGrant,
  ageMs: number,
): Promise<SendResult | undefined> {
  if (conversation === undefined) {
    throw new Error('a create was begun without a conversation');
  }
  const look = {
    conversationSid: conversation.conversationSid,
    key: keyOf(handover),
    notBefore: new Date(startedAt),
    listedAfterMs: PERMIT_MS + deps.requestTimeoutMs + LIST_LAG_MS - ageMs,
  };
  const messageSid = await lookForMessage(deps.gateway, look, deps.lookUpDelaysMs);
  return messageSid === undefined ? undefined : await store(deps, handover, conversation, messageSid);
}

/** Acts on what the ledgers said: posts the message unless it is there already. */
async function proceed(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  permit: Permit,
): Promise<SendResult> {
  const { conversation, messageSid } = permit.grant;
  if (messageSid !== undefined && conversation !== undefined) {
    return await store(deps, handover, conversation, messageSid);
  }
  try {
    return await post(deps, handover, trail, permit);
  } catch (error) {
    return await refusalOf(deps, handover, trail, error);
  }
}

/** Posts into the conversation that the pair has, or into another one when there is none or it is gone. */
async function post(deps: HandOverDependencies, handover: Handover, trail: Trail, permit: Permit): Promise<SendResult> {
  const { conversation, createId, optOut } = permit.grant;
  if (optOut !== undefined) {
    return HELD_BACK;
  }
  if (conversation === undefined) {
    return await postToOpened(deps, handover, trail);
  }
  try {
    return await create(deps, handover, trail, permit);
  } catch (error) {
    if (createId !== undefined && isRefusedWith(error, GONE_CODES)) {
      return await postToOpened(deps, handover, trail, { conversation, createId });
    }
    throw error;
  }
}

/** Finds or makes the conversation, asks the ledger again, and posts. `gone` is the one that refused this try's create. */
async function postToOpened(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  gone?: { readonly conversation: OpenConversation; readonly createId: string },
): Promise<SendResult> {
  const { channel, recipient, sender } = handover.attempt;
  const opened = await deps.gateway.openConversation(
    { channel, recipient, sender },
    gone?.conversation.conversationSid,
  );
  const permit = await begin(deps, handover, trail, {
    opened,
    ...(gone !== undefined && { provedAbsent: gone.createId }),
  });
  const { messageSid, optOut } = permit.grant;
  if (messageSid !== undefined) {
    return await store(deps, handover, permit.grant.conversation ?? opened, messageSid);
  }
  return optOut === undefined ? await create(deps, handover, trail, permit) : HELD_BACK;
}

async function create(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  { grant: { conversation, createId }, validUntil }: Permit,
): Promise<SendResult> {
  if (conversation === undefined || createId === undefined) {
    throw new Error('another try of this attempt is posting the message; the next try sees what became of it');
  }
  trail.createId = createId;
  if (Date.now() > validUntil) {
    throw new Error('this try took too long to post the message safely; the next one will');
  }
  trail.mayBeAtTwilio = true;
  try {
    const messageSid = await deps.gateway.createMessage(
      conversation.conversationSid,
      keyOf(handover),
      handover.content,
    );
    return await store(deps, handover, conversation, messageSid);
  } catch (error) {
    trail.mayBeAtTwilio = !(error instanceof TwilioError) || error.fault === 'ambiguous';
    throw error;
  }
}

/** A refusal ends the attempt, unless it concerns this moment only: then the try fails, and Temporal repeats it. */
async function refusalOf(
  { markOptOut, messages, optOutCodes }: HandOverDependencies,
  { attempt, message }: Handover,
  trail: Trail,
  error: unknown,
): Promise<SendResult> {
  const refusal = error instanceof TwilioError && error.fault === 'refused' ? toRefusal(error, optOutCodes) : undefined;
  if (refusal === undefined || refusal.errorClass === 'retry' || refusal.errorClass === 'limit') {
    if (!trail.mayBeAtTwilio && trail.createId !== undefined) {
      // Should that fail, the next try looks for the message in vain, which costs it some seconds.
      await messages.withdrawCreate(message.messageId, attempt.number, trail.createId).catch(() => undefined);
    }
    throw error;
  }
  const subject = `attempt ${attempt.number} of ${message.messageId}`;
  await markOptOut({ ...refusal, subject, at: new Date().toISOString() }, attempt);
  return refusal;
}

async function store(
  { markOptOut, messages, optOutCodes }: HandOverDependencies,
  { message, attempt }: Handover,
  conversation: OpenConversation,
  messageSid: MessageSid,
): Promise<SendResult> {
  const events = await messages.recordCreated(message.messageId, attempt.number, { ...conversation, messageSid });
  for (const event of events) {
    await markOptOut({ ...event, subject: event.messageSid }, attempt);
  }
  return { kind: 'handed_over', ...conversation, messageSid, events, optOutCodes };
}

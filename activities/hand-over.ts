import { type AttemptGrant } from '../src/database/message-store';
import { isChannelBlock } from '../src/domain/channel-block';
import { describeSuppression } from '../src/domain/describe-suppression';
import { fitToWindow } from '../src/domain/whatsapp-window';
import { CONVERSATION_CLOSED, CONVERSATION_GONE_CODES, isRefusedWith } from '../src/twilio/error-codes';
import { type OpenConversation } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { findEarlier } from './find-earlier';
import { type Handover, type HandOverDependencies, keyOf, type Trail } from './handover-context';
import { begin, type Permit } from './permit';
import { type SendResult } from './send-message';
import { storeCreated } from './store-created';
import { toRefusal } from './to-refusal';
import { withheldAt } from './withheld';

const OPTED_OUT = { kind: 'opted_out', reason: 'the recipient has opted out, so it was not sent' } as const;

const BLOCKED = {
  kind: 'opted_out',
  reason: 'the recipient has blocked this channel, so it was not sent',
  isBlock: true,
} as const;

/** Refusals that say that the conversation can take no message any more. */
const GONE_CODES: ReadonlySet<number> = new Set([CONVERSATION_CLOSED, ...CONVERSATION_GONE_CODES]);

/** Opt-out check, conversation, message, SID stored: the road of one attempt, fit to be walked again after any crash. */
export async function handOver(deps: HandOverDependencies, planned: Handover, trail: Trail): Promise<SendResult> {
  const permit = await begin(deps, planned, trail);
  const { openCreate } = permit.grant;
  const handover = withKeptSender(planned, permit.grant);
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

/** From now on the attempt has one sender, whatever others its pool has. */
function withKeptSender(planned: Handover, grant: AttemptGrant): Handover {
  const { channel, number, recipient, sender, step } = planned.attempt;
  return { ...planned, attempt: { number, step, channel, sender: grant.sender ?? sender, recipient } };
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
    return await storeCreated(deps, handover, conversation, messageSid);
  }
  try {
    return await post(deps, handover, trail, permit);
  } catch (error) {
    return await refusalOf(deps, handover, trail, error);
  }
}

/** Posts into the conversation that the pair has, or into another one when there is none or it is gone. */
async function post(deps: HandOverDependencies, handover: Handover, trail: Trail, permit: Permit): Promise<SendResult> {
  const { conversation, createId } = permit.grant;
  const held = heldBack(handover, permit.grant);
  if (held !== undefined) {
    return held;
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
  const { messageSid } = permit.grant;
  if (messageSid !== undefined) {
    return await storeCreated(deps, handover, permit.grant.conversation ?? opened, messageSid);
  }
  return heldBack(handover, permit.grant) ?? (await create(deps, handover, trail, permit));
}

/** What the ledgers have against the attempt. */
function heldBack({ attempt }: Handover, { optOut, suppression }: AttemptGrant): SendResult | undefined {
  if (optOut !== undefined) {
    return isChannelBlock(optOut, attempt.channel) ? BLOCKED : OPTED_OUT;
  }
  return suppression === undefined
    ? undefined
    : { kind: 'suppressed', errorCode: suppression.errorCode, reason: describeSuppression(suppression) };
}

async function create(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  { grant: { conversation, createId, lastInboundAt }, validUntil }: Permit,
): Promise<SendResult> {
  const { attempt, message } = handover;
  if (conversation === undefined || createId === undefined) {
    throw new Error('another try of this attempt is posting the message; the next try sees what became of it');
  }
  trail.createId = createId;
  if (Date.now() > validUntil) {
    throw new Error('this try took too long to post the message safely; the next one will');
  }
  const nowMs = deps.now();
  const fit =
    withheldAt(new Date(nowMs), handover, deps.quietHours) ??
    fitToWindow({ channel: attempt.channel, content: handover.content }, nowMs, lastInboundAt);
  if (fit.kind !== 'fits') {
    // Should that fail, the next send looks for the message in vain, which costs it some seconds.
    await deps.messages.withdrawCreate(message.messageId, attempt.number, createId).catch(() => undefined);
    return fit.kind === 'refused' ? fit : { ...fit, isBegun: true };
  }
  trail.mayBeAtTwilio = true;
  try {
    const messageSid = await deps.gateway.createMessage(conversation.conversationSid, keyOf(handover), fit.content);
    const stored = await storeCreated(deps, handover, conversation, messageSid);
    return fit.isTemplate === true ? { ...stored, isTemplate: true } : stored;
  } catch (error) {
    trail.mayBeAtTwilio = !(error instanceof TwilioError) || error.fault === 'ambiguous';
    throw error;
  }
}

/** A refusal ends the attempt, unless it concerns this moment only: then the try fails, and Temporal repeats it. */
async function refusalOf(
  { markAddress, messages, optOutCodes }: HandOverDependencies,
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
  await markAddress({ ...refusal, subject, at: new Date().toISOString() }, attempt);
  return refusal;
}

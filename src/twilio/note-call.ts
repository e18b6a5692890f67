import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { notedAttributes } from './call-attributes';
import { type CallNote } from './gateway';
import { callTwilio } from './to-twilio-error';

/**
 * Notes a call in the Attributes of the participant whom it is about: one read, and one write where something is to be written. Twilio has
 * no condition for the write, so that of two notes at the same moment one may get lost.
 * @returns whether the call is noted now and was not before
 */
export async function noteCall(service: ServiceContext, note: CallNote): Promise<boolean> {
  const participant = service.conversations(note.conversationSid).participants(note.participantSid);
  // The SDK leaves out that it may be null.
  const attributes = await callTwilio(
    'fetch participant',
    'repeatable',
    async () => (await participant.fetch()).attributes as string | null,
  );
  const noted = notedAttributes(attributes ?? '{}', note);
  if (noted === undefined) {
    return false;
  }
  await callTwilio('update participant', 'repeatable', () => participant.update({ attributes: noted }));
  return true;
}

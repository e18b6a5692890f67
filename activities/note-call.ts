import { type ApplicationSid, type CallSid, type ConnectAppSid } from '../src/domain/sid';
import { type CallNotes, type OpenConversation } from '../src/twilio/gateway';
import { toPollFailure } from './to-poll-failure';

export interface NoteCallInput extends OpenConversation {
  readonly callSid: CallSid;
  readonly messageId: string;
  readonly attempt: number;
}

/** What the configuration has to be noted beside calls. */
export interface ConfiguredSids {
  readonly applicationSid?: ApplicationSid;
  readonly conductorSid?: ConnectAppSid;
}

export interface NoteCallDependencies {
  readonly gateway: CallNotes;
  readonly configuredSids: ConfiguredSids;
}

/** Notes a call with the participant of its conversation, so that whoever looks at the conversation finds the call. */
export function createNoteCall({ configuredSids, gateway }: NoteCallDependencies) {
  return async function noteCall(input: NoteCallInput): Promise<void> {
    try {
      await gateway.noteCall({ ...input, ...configuredSids });
    } catch (error) {
      throw toPollFailure(error);
    }
  };
}

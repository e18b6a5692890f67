import { type LadderPosition } from './next-step';
import { type ParticipantSid } from './sid';

/** Why there is a message that nobody asked for by itself: another one did not reach a participant of its conversation. */
export interface ChildOf {
  readonly parentId: string;
  /** The attempt of the parent that did not reach the participant. */
  readonly attempt: number;
  readonly participantSid: ParticipantSid;
  /** Where on the parent's ladder the child begins. */
  readonly position: LadderPosition;
  /** Why the parent's message did not reach the participant, in words. */
  readonly because: string;
}

import { type ChildMessage } from '../../database/message-store';
import { type ChildOf } from '../../domain/child-of';
import { type MessageStatus } from '../../domain/message-status';
import { messageLinks, type MessageLinks } from '../message-path';
import { type OutcomeView, presentOutcome } from './outcome';

/** The message that a message to one participant came of, as the API shows it. */
export interface ParentView {
  readonly id: string;
  readonly attempt: number;
  readonly participantSid: string;
  readonly links: MessageLinks;
}

/** A message to one participant alone as the API shows it beside its parent. */
export interface ChildView {
  readonly id: string;
  readonly attempt: number;
  readonly participantSid: string;
  readonly status: MessageStatus;
  readonly outcome: OutcomeView | null;
  readonly links: MessageLinks;
}

export function presentParent({ attempt, parentId, participantSid }: ChildOf): ParentView {
  return { id: parentId, attempt, participantSid, links: messageLinks(parentId) };
}

export function presentChild({ attempt, messageId, outcome, participantSid, status }: ChildMessage): ChildView {
  const shown = outcome === undefined ? null : presentOutcome(outcome);
  return { id: messageId, attempt, participantSid, status, outcome: shown, links: messageLinks(messageId) };
}

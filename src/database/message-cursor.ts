import { InvalidCursorError } from './invalid-cursor-error';

/** Where a page of messages ended. */
export interface MessagePosition {
  /** ISO 8601 in UTC with milliseconds, as the database keeps it. */
  readonly createdAt: string;
  readonly messageId: string;
}

/** An opaque text for `MessageFilter.cursor`. */
export function encodeCursor({ createdAt, messageId }: MessagePosition): string {
  return Buffer.from(`${createdAt} ${messageId}`).toString('base64url');
}

/** @throws InvalidCursorError when the text was not made by `encodeCursor`. */
export function decodeCursor(cursor: string): MessagePosition {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, createdAt, messageId] = match ?? [];
  if (createdAt === undefined || messageId === undefined || Number.isNaN(Date.parse(createdAt))) {
    throw new InvalidCursorError();
  }
  return { createdAt, messageId };
}

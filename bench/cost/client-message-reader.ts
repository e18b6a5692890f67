/** The start of a connection has no type byte. Source: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const LENGTH_BYTES = 4;
const HEADER_BYTES = 1 + LENGTH_BYTES;
/** Asks for TLS; the real start follows. */
const SSL_REQUEST_CODE = 80_877_103;

/** Reads what a client sends to Postgres on one connection, in whatever pieces it comes. */
export interface ClientMessageReader {
  /**
   * Takes the next piece.
   * @returns the SQL of each round trip that it completes: of each request after which the client waits for an answer.
   */
  read(piece: Buffer): string[];
}

/** A reader for a connection that begins now. */
export function createClientMessageReader(): ClientMessageReader {
  let unread: Buffer = Buffer.alloc(0);
  let isStarting = true;
  /** By name: a statement is sent once and may be executed often. */
  const statements = new Map<string, string>();
  const bound: string[] = [];

  const take = (bytes: number): Buffer => {
    const taken = unread.subarray(0, bytes);
    unread = unread.subarray(bytes);
    return taken;
  };
  const takeStart = (): boolean => {
    const length = unread.length < 2 * LENGTH_BYTES ? Infinity : unread.readInt32BE(0);
    if (unread.length < length) {
      return false;
    }
    isStarting = take(length).readInt32BE(LENGTH_BYTES) === SSL_REQUEST_CODE;
    return true;
  };
  const takeMessage = (): Buffer | undefined => {
    const length = unread.length < HEADER_BYTES ? Infinity : 1 + unread.readInt32BE(1);
    return unread.length < length ? undefined : take(length);
  };

  const complete = (message: Buffer): string[] => {
    const [first = '', second = ''] = textsOf(message);
    switch (String.fromCharCode(message[0] ?? 0)) {
      case 'P':
        statements.set(first, second);
        return [];
      case 'B':
        bound.push(statements.get(second) ?? `statement ${second}`);
        return [];
      case 'S':
        return [bound.splice(0).join('; ')];
      case 'Q':
        return [first];
      default:
        return [];
    }
  };

  return {
    read(piece) {
      unread = Buffer.concat([unread, piece]);
      const completed: string[] = [];
      while (isStarting) {
        if (!takeStart()) {
          return completed;
        }
      }
      for (let message = takeMessage(); message !== undefined; message = takeMessage()) {
        completed.push(...complete(message));
      }
      return completed;
    },
  };
}

/** The texts at the beginning of a message's content, each of which ends with a zero byte. */
function textsOf(message: Buffer): string[] {
  return message.subarray(HEADER_BYTES).toString('utf8').split('\0');
}

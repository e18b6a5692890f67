import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createClientMessageReader } from './client-message-reader';

/** Postgres's port where a connection string names none. */
const STANDARD_PORT = 5432;

/** A way to Postgres that notes every round trip. */
export interface RoundTripCounter {
  /** Connection string of the same database by this way. */
  readonly url: string;
  /** The SQL of every round trip since the last call, in order. */
  take(): string[];
  stop(): Promise<void>;
}

/**
 * Listens on a free port and passes everything on to Postgres. What travels on the wire is counted, so nothing that asks
 * Postgres can be forgotten, and nobody has to be asked how much they do. Works without TLS only.
 */
export async function startRoundTripCounter(databaseUrl: string): Promise<RoundTripCounter> {
  const target = new URL(databaseUrl);
  const trips: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const postgres = connect({ host: target.hostname, port: Number(target.port || STANDARD_PORT) });
    const reader = createClientMessageReader();
    client.on('data', (piece) => trips.push(...reader.read(piece)));
    client.pipe(postgres).pipe(client);
    for (const [socket, other] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    take: () => trips.splice(0),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

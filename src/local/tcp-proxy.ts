import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Where a proxy leads. */
export interface TcpTarget {
  readonly host: string;
  readonly port: number;
}

/** A way to a server that can be cut, so that the server looks dead to those who go this way and to nobody else. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection, and each new one as soon as it is made. */
  cut(): void;
  /** Lets connections stand and carries nothing, as when a machine hangs or packets are dropped. */
  freeze(): void;
  restore(): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
}

/**
 * Listens on a free port of this machine, and passes each connection on. With several targets they take turns, and one
 * that refuses is passed over, as by a load balancer.
 */
export async function startTcpProxy(...targets: readonly TcpTarget[]): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const pairs = new Set<Pair>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let turn = 0;

  const accept = async (client: Socket): Promise<void> => {
    keep(client, sockets);
    turn += 1;
    const upstream = state === 'cut' ? undefined : await reach(targets, turn, sockets);
    if (upstream === undefined || client.destroyed || state === 'cut') {
      client.destroy();
      upstream?.destroy();
      return;
    }
    const pair = { client, upstream };
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair) && upstream.destroy());
    upstream.on('close', () => client.destroy());
    if (state === 'open') {
      join(pair);
    }
  };
  const server = createServer((client) => void accept(client));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      endAll(sockets);
    },
    freeze: () => {
      state = 'frozen';
      pairs.forEach(part);
    },
    restore: () => {
      state = 'open';
      pairs.forEach(join);
    },
    stop: () => stop(server, sockets),
  };
}

/** The first target from `turn` on that takes a connection; undefined when none does. */
async function reach(targets: readonly TcpTarget[], turn: number, sockets: Set<Socket>): Promise<Socket | undefined> {
  const start = turn % targets.length;
  for (const target of [...targets.slice(start), ...targets.slice(0, start)]) {
    const upstream = keep(connect(target), sockets);
    if (await isConnected(upstream)) {
      return upstream;
    }
  }
  return undefined;
}

function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('close', () => resolve(false));
  });
}

function keep(socket: Socket, sockets: Set<Socket>): Socket {
  sockets.add(socket);
  return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
}

function join({ client, upstream }: Pair): void {
  part({ client, upstream });
  client.pipe(upstream);
  upstream.pipe(client);
}

function part({ client, upstream }: Pair): void {
  client.unpipe(upstream);
  upstream.unpipe(client);
}

function endAll(sockets: Set<Socket>): void {
  sockets.forEach((socket) => socket.destroy());
}

async function stop(server: Server, sockets: Set<Socket>): Promise<void> {
  if (server.listening) {
    const closed = once(server, 'close');
    server.close();
    endAll(sockets);
    await closed;
  }
}

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createHttpTerminator } from 'http-terminator';

export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Only this address is listened on; without it all are. */
  readonly host?: string | undefined;
  /** The environment variable that the port is from, for the error; without it `PORT`. */
  readonly variable?: string;
}

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Takes no new request, lets those under way end, and resolves when every connection is closed. */
  stop(): Promise<void>;
}

/** A caller that sends its headers slower than this holds a connection for nothing. */
const HEADERS_TIMEOUT_MS = 10_000;
/** A million rows of opt-outs come in as fast as Postgres takes them. Every other body has the limit of `readRawBody`. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
/** Longer than the 60 s that load balancers usually keep an idle connection, so that they are the ones to close it. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const HEADERS_LIMIT_BYTES = 16 * 1024;
/** What is under way at a stop may still call Temporal and Postgres, each with a time limit of its own. */
const GRACE_MS = 15_000;

/**
 * Starts an HTTP server with bounds on everything that a caller can make large or slow.
 * @throws Error that names the port when it is taken or not allowed.
 */
export async function listen(
  handler: RequestListener,
  { port, host, variable = 'PORT' }: ListenOptions,
): Promise<Listener> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      maxHeaderSize: HEADERS_LIMIT_BYTES,
    },
    handler,
  );
  server.listen({ port, host });
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${variable} ${port} cannot be listened on (${reason}): set ${variable} to a free port`, {
      cause: error,
    });
  }
  const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: GRACE_MS });
  return { port: (server.address() as AddressInfo).port, stop: () => terminator.terminate() };
}

import { createServer, type AddressInfo } from 'node:net';

/** Finds a port for a server; `freePort` is what everybody uses but tests of what happens when it is taken. */
export type FindPort = () => Promise<number>;

/** A TCP port of 127.0.0.1 that was free a moment ago; another process may have taken it since. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

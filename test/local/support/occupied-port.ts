import { createServer, type AddressInfo } from 'node:net';
import { freePort, type FindPort } from '../../../src/local/free-port';

/** Runs `use` with a port finder that first gives a port which is taken, and free ones after that. */
export async function withOccupiedPort<T>(use: (findPort: FindPort, port: number) => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const toGive = [port];
  try {
    return await use(async () => toGive.pop() ?? freePort(), port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

import { type FindPort } from './free-port';
import { CommandEnded } from './process/guarded-process';

/** How often a server is started again on other ports when somebody took the first ones in the meantime. */
const PORT_TRIES = 5;

/** What servers print when a port is taken: Go in lower case, Postgres with a capital letter. */
const portTaken = /address already in use/i;

/** At least one port, and as many as were asked for. */
export type Ports = readonly [number, ...number[]];

/**
 * Starts a server on free ports of 127.0.0.1. Between finding a port and binding it another process may take it; then
 * the server is started again on other ports.
 *
 * @param count how many ports the server needs
 * @param start starts the server and waits until it is ready; it throws CommandEnded when a port was taken
 */
export async function startOnFreePorts<T>(
  findPort: FindPort,
  count: number,
  start: (ports: Ports) => Promise<T>,
): Promise<T> {
  for (let triesLeft = PORT_TRIES - 1; ; triesLeft -= 1) {
    const others = Array.from({ length: count - 1 }, () => findPort());
    try {
      return await start([await findPort(), ...(await Promise.all(others))]);
    } catch (error) {
      const mayTryAgain = error instanceof CommandEnded && portTaken.test(error.output) && triesLeft > 0;
      if (!mayTryAgain) {
        throw error;
      }
    }
  }
}

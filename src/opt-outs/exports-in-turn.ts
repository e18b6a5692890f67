import { once } from 'node:events';
import { type OptOutStore } from '../database/opt-out-store';
import { takeTurns } from '../reports/take-turns';

type OpenExport = OptOutStore['export'];

interface Turn {
  readonly options: Parameters<OpenExport>[0];
  readonly onOpen: (stream: Awaited<ReturnType<OpenExport>>) => void;
}

/**
 * Lets no more than `most` exports be read at once; the next one is opened when one of them has ended or was destroyed. Each has a
 * connection of its own, and Postgres does not have many.
 */
export function exportsInTurn(open: OpenExport, most: number): OpenExport {
  const readInTurn = takeTurns(async ({ onOpen, options }: Turn): Promise<void> => {
    const stream = await open(options);
    const closed = once(stream, 'close');
    onOpen(stream);
    await closed;
  }, most);
  return (options) =>
    new Promise((onOpen, reject) => {
      readInTurn({ options, onOpen }).catch(reject);
    });
}

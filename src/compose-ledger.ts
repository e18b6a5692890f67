import { type Knex } from 'knex';
import { type WorkerConfig } from './config/worker-config';
import { createMessageStore } from './database/message-store';
import { createOptOutStore, type OptOutStore } from './database/opt-out-store';
import { createSuppressionStore, type SuppressionStore } from './database/suppression-store';
import { type AddressMarker, inTurn } from './inbox/address-marker';
import { createOptOutMarker } from './inbox/opt-out-marker';
import { createSuppressionMarker } from './inbox/suppression-marker';
import { createTellOfLedger, tellingLedger } from './inbox/tell-of-ledger';
import { type Logger } from './telemetry/logger';
import { type MessageClient } from './temporal/message-client';

export interface LedgerParts {
  readonly knex: Knex;
  readonly client: Pick<MessageClient, 'tellOfLedger'>;
  readonly logger: Logger;
  /** Tells open messages of a STOP while others wait for nothing; without it whoever writes the STOP waits for that. */
  readonly inBackground?: (task: () => Promise<void>) => unknown;
}

/** What is known of addresses: who wants nothing, and who cannot be reached. */
export interface Ledger {
  /** Tells open messages of what is written through it. */
  readonly optOuts: OptOutStore;
  readonly suppressions: SuppressionStore;
  readonly markAddress: AddressMarker;
}

export function composeLedger(
  { optOutCodes, suppressionCodes }: Pick<WorkerConfig, 'optOutCodes' | 'suppressionCodes'>,
  { client, inBackground, knex, logger }: LedgerParts,
): Ledger {
  const tell = createTellOfLedger({
    messages: createMessageStore(knex),
    client,
    report: (error) =>
      logger.warn(
        { err: error },
        'open messages were not told of an opt-out; the check before each send holds them back',
      ),
  });
  const optOuts = tellingLedger(createOptOutStore(knex), async (addresses) => {
    if (inBackground === undefined) {
      await tell(addresses);
    } else {
      inBackground(() => tell(addresses));
    }
  });
  const suppressions = createSuppressionStore(knex);
  const markAddress = inTurn(
    createOptOutMarker({ optOuts, optOutCodes }),
    createSuppressionMarker({ suppressions, suppressionCodes }),
  );
  return { optOuts, suppressions, markAddress };
}

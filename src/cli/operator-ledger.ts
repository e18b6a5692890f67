import { createMessageStore } from '../database/message-store';
import { createOptOutStore, type OptOutStore } from '../database/opt-out-store';
import { createTellOfLedger, tellingLedger } from '../inbox/tell-of-ledger';
import { createMessageClient } from '../temporal/create-message-client';
import { type CliContext } from './cli-context';
import { type Operator } from './with-operator';

const NOT_TOLD = 'Open messages could not be told; nothing is sent all the same, as each send asks the ledger first.\n';

/** The ledger for an operator: open messages are told of every STOP. */
export function operatorLedger({ client, knex }: Operator, { complain }: Pick<CliContext, 'complain'>): OptOutStore {
  let isTold = true;
  const report = (): void => {
    if (isTold) {
      complain(NOT_TOLD);
    }
    isTold = false;
  };
  const tell = createTellOfLedger({ messages: createMessageStore(knex), client: createMessageClient(client), report });
  return tellingLedger(createOptOutStore(knex), tell);
}

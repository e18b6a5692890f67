import { checkCalls } from './checks/calls';
import { checkCallbacks } from './checks/callbacks';
import { openCase } from './checks/case';
import { checkMessagesAtTwilio } from './checks/messages-at-twilio';
import { checkOptOuts } from './checks/opt-outs';
import { checkOutcomes } from './checks/outcomes';
import { checkRequests } from './checks/requests';
import { checkSomethingChecked } from './checks/something-checked';
import { checkStoredReceipts } from './checks/stored-receipts';
import { type Evidence } from './evidence';
import { type Violation } from './violation';

/**
 * Every promise that the evidence shows to be broken; empty when there is none. It has its own reading of what is right: nothing
 * of posthorn's own decisions is used. The order in which webhooks stand in the log has no effect.
 */
export function checkDeliveries(evidence: Evidence): Violation[] {
  const theCase = openCase(evidence);
  return [
    checkSomethingChecked,
    checkRequests,
    checkMessagesAtTwilio,
    checkOptOuts,
    checkCalls,
    checkStoredReceipts,
    checkOutcomes,
    checkCallbacks,
  ].flatMap((check) => check(theCase));
}

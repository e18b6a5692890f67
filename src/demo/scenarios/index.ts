import { type Scenario } from '../scenario';
import { called } from './called';
import { delivered } from './delivered';
import { escalated } from './escalated';
import { filtered } from './filtered';
import { lostAnswer } from './lost-answer';
import { lostWebhook } from './lost-webhook';
import { mixedUp } from './mixed-up';
import { optedOutByReceipt } from './opted-out-by-receipt';
import { overtakenCall } from './overtaken-call';
import { refusedAtOnce } from './refused-at-once';
import { retried } from './retried';
import { stopReply } from './stop-reply';
import { unknownNumber } from './unknown-number';
import { voicemail } from './voicemail';

/** The tour, in the order of its table. */
export const SCENARIOS: readonly Scenario[] = [
  delivered,
  retried,
  lostAnswer,
  lostWebhook,
  optedOutByReceipt,
  stopReply,
  filtered,
  unknownNumber,
  refusedAtOnce,
  called,
  voicemail,
  overtakenCall,
  escalated,
  mixedUp,
];

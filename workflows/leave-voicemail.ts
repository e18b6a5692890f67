import { log } from '@temporalio/workflow';
import { type LeaveVoicemailInput } from '../activities/leave-voicemail';
import { twilio } from './activity-proxies';
import { type MessageLeft } from './call-result';
import { type Delivery } from './delivery';
import { summary } from './summary';
import { whileWanted } from './while-wanted';

/** Has a machine hear a message, once: a second request would begin it anew. @returns `perhaps` when no answer came */
export async function leaveVoicemail(delivery: Delivery, input: LeaveVoicemailInput): Promise<MessageLeft> {
  const options = { ...summary('leave a message on the machine'), retry: { maximumAttempts: 1 } } as const;
  const left = await whileWanted(delivery, () => twilio().leaveVoicemail.executeWithOptions(options, [input]));
  if (typeof left === 'boolean') {
    return left;
  }
  log.warn('Twilio did not say that a machine is left a message', { callSid: input.callSid, result: left });
  return left.kind === 'ambiguous' && 'perhaps';
}

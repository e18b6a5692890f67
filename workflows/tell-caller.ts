import { callers } from './activity-proxies';
import { type TellCallerInput, type TellCallerResult } from '../activities/tell-caller';

/** Tells a caller what has become of a message, until it is taken or given up. All but the id is in the database. */
export async function tellCaller(input: TellCallerInput): Promise<TellCallerResult> {
  return await callers().tellCaller(input);
}

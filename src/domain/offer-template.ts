import { type AttemptResult } from './attempt-result';
import { reasonOfCode } from './error-catalogue';
import { type StepMessage } from './step-message';

/**
 * Says in a refusal because of WhatsApp's closed window that the step has a template which would go through; any other result stays.
 * @param wasTemplateSent whether it was just that which was refused
 */
export function offerTemplate(
  result: AttemptResult,
  { channel, content }: Pick<StepMessage, 'channel' | 'content'>,
  wasTemplateSent: boolean,
): AttemptResult {
  const isOffered = channel === 'whatsapp' && content.whatsappTemplate !== undefined && !wasTemplateSent;
  return isOffered && result.kind === 'refused' && reasonOfCode(result.errorCode) === 'outside_window'
    ? { ...result, hasTemplate: true }
    : result;
}

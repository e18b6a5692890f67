import { type AccountSid } from '../../../domain/sid';
import { type Logger } from '../../../telemetry/logger';
import { verifyTwilioSignature } from '../../../twilio/signature';
import { type ParsedWebhook } from '../../../twilio/webhook-fields';
import { type AppContext } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { readRawBody } from '../../raw-body';
import { noteWebhook, type WebhookNotes } from './webhook-notes';

/** Twilio's webhooks have a few kilobytes: a text of 1600 characters, 4 KB of Attributes, percent-encoded. */
const BODY_LIMIT_BYTES = 64 * 1024;

export interface WebhookDependencies {
  readonly publicBaseUrl: string;
  readonly accountSid: AccountSid;
  readonly authTokens: readonly string[];
  readonly logger: Logger;
}

/**
 * Reads the body of a webhook after proving that Twilio signed it.
 * @throws HttpProblem `signature_invalid`; the logs alone say why, so that a forger learns nothing.
 */
export async function readSignedBody(deps: WebhookDependencies, context: AppContext): Promise<Buffer> {
  const rawBody = await readRawBody(context, BODY_LIMIT_BYTES);
  const verdict = verifyTwilioSignature({
    authTokens: deps.authTokens,
    publicBaseUrl: deps.publicBaseUrl,
    pathAndQuery: context.originalUrl,
    rawBody,
    contentType: context.request.headers['content-type'],
    signatureHeader: context.get('X-Twilio-Signature'),
  });
  if (!verdict.ok) {
    noteWebhook(context, { reason: verdict.reason });
    deps.logger.warn(
      { requestId: context.state.requestId, reason: verdict.reason },
      'a webhook was refused: its signature does not hold',
    );
    throw new HttpProblem('signature_invalid', {
      errors: [{ field: 'X-Twilio-Signature', message: 'X-Twilio-Signature does not fit the request: see remedy' }],
    });
  }
  return rawBody;
}

/**
 * Takes the event out of a signed webhook, and has its trace say what it is about.
 * @throws HttpProblem `invalid_request`, which Twilio shows in its debugger, or `foreign_account`.
 */
export function requireEvent<Event extends object>(
  deps: WebhookDependencies,
  parsed: ParsedWebhook<Event>,
  context: AppContext,
  describe: (event: Event) => WebhookNotes,
): Event {
  if (!parsed.ok) {
    deps.logger.warn(
      { requestId: context.state.requestId, problems: parsed.problems },
      'a signed webhook was refused: its fields cannot be read',
    );
    const errors = parsed.problems.map((message) => ({ field: message.split(' ', 1)[0] ?? '', message }));
    throw new HttpProblem('invalid_request', { errors });
  }
  noteWebhook(context, describe(parsed.event));
  if ('accountSid' in parsed.event && parsed.event.accountSid !== deps.accountSid) {
    deps.logger.warn(
      { requestId: context.state.requestId },
      'a signed webhook was refused: it belongs to another account',
    );
    throw new HttpProblem('foreign_account', {
      errors: [{ field: 'AccountSid', message: 'AccountSid is not TWILIO_ACCOUNT_SID: see remedy' }],
    });
  }
  return parsed.event;
}

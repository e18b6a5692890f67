import { webhookUrl } from '../../twilio/webhook-settings';
import { type DoctorContext, type SelfTest } from '../doctor-context';
import { defineCheck } from '../check';
import { type Finding, green, red } from '../finding';

/** An event that posthorn has no use for: it is answered with 200, and leaves nothing but a line in the trace of webhooks. */
const HARMLESS_EVENT = 'onPosthornSelfTest';

/** The way of a webhook through the public address, once signed as Twilio signs, once wrongly. */
export const signature = defineCheck({
  name: 'signature',
  after: ['auth-token'],
  needs: ['PUBLIC_BASE_URL', 'TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'],
  run: async ({ postAsTwilio, settings }) => {
    const selfTest = {
      url: webhookUrl(settings.PUBLIC_BASE_URL, 'conversations'),
      form: { EventType: HARMLESS_EVENT, AccountSid: settings.TWILIO_ACCOUNT_SID },
    };
    const signed = await answerTo(postAsTwilio, { ...selfTest, authToken: settings.TWILIO_AUTH_TOKEN[0] });
    if (typeof signed === 'string') {
      return unreachable(selfTest.url, signed);
    }
    const forged = await answerTo(postAsTwilio, { ...selfTest, authToken: undefined });
    return judge(selfTest.url, signed, forged);
  },
});

async function answerTo(post: DoctorContext['postAsTwilio'], selfTest: SelfTest): Promise<number | string> {
  try {
    return await post(selfTest);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function unreachable(url: string, reason: string): Finding {
  return red({
    what: `From here nobody answers at ${url} (${reason}).`,
    why: "Twilio's webhooks go there.",
    remedy:
      'Start the API, and see that the name resolves and the proxy passes /webhooks/ on. If only this machine cannot reach it, run posthorn doctor from elsewhere.',
  });
}

function judge(url: string, signed: number, forged: number | string): Finding {
  if (signed === 403) {
    return red({
      what: 'The API refuses a webhook that was signed for PUBLIC_BASE_URL with TWILIO_AUTH_TOKEN.',
      why: 'It runs with another PUBLIC_BASE_URL or TWILIO_AUTH_TOKEN than this command, or a proxy changes the request.',
      remedy:
        'Give both the same environment and start the API anew; the path and the body must come through a proxy unchanged.',
    });
  }
  if (signed < 200 || signed > 299) {
    return red({
      what: `${url} answers a signed webhook with ${signed}.`,
      why: 'Twilio takes a webhook as delivered only when it is answered with 2xx, and does not repeat it.',
      remedy: "See what listens there: PUBLIC_BASE_URL has to lead to posthorn's API, without a redirect.",
    });
  }
  return forged === 403
    ? green('A signed webhook comes through the public address, and a wrongly signed one is refused.')
    : red({
        what: `${url} answers a wrongly signed webhook with ${forged}, not with 403.`,
        why: 'Something else than posthorn answers there, or anybody can pretend to be Twilio.',
        remedy: "See what listens there: PUBLIC_BASE_URL has to lead to posthorn's API.",
      });
}

import { type ApplicationSnapshot } from '../../twilio/account-gateway';
import { webhookUrl } from '../../twilio/webhook-settings';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource (ApplicationSid) */
const IGNORED =
  'A call that is created with an application SID ignores its own Url, StatusCallback and their methods: the application decides. posthorn gives its calls URLs with their own key, and no application SID.';

/** The TwiML application: there, and leading here. */
export const application = defineCheck({
  name: 'application',
  after: ['credentials'],
  needs: ['TWILIO_APPLICATION_SID', 'PUBLIC_BASE_URL'],
  run: async ({ settings, twilio }) => {
    const found = await twilio().readApplication(settings.TWILIO_APPLICATION_SID);
    if (found === undefined) {
      return red({
        what: 'The account has no application TWILIO_APPLICATION_SID.',
        why: 'It is noted beside calls, and would lead nobody anywhere.',
        remedy: 'Copy the SID (AP…) from the Twilio Console (TwiML apps), or leave the variable out.',
      });
    }
    const needed = webhookUrl(settings.PUBLIC_BASE_URL, 'voice');
    const elsewhere = strayUrls(found, needed);
    return elsewhere.length === 0
      ? green("The account has the application, and its voice URLs lead to posthorn's.", IGNORED)
      : yellow({
          what: `The application does not lead to posthorn: ${elsewhere.join('; ')}.`,
          why: `Calls by way of the application are answered elsewhere, and what becomes of them is told elsewhere. ${IGNORED}`,
          remedy: `Set its voice URL and its status callback to ${needed}, both with POST, or leave TWILIO_APPLICATION_SID out.`,
        });
  },
});

function strayUrls(found: ApplicationSnapshot, needed: string): string[] {
  const urls = [
    ['VoiceUrl', found.voiceUrl, found.voiceMethod],
    ['StatusCallback', found.statusCallbackUrl, found.statusCallbackMethod],
  ] as const;
  return urls
    .filter(([, url, method]) => !leadsTo(url, needed) || method !== 'POST')
    .map(([field, url, method]) => `${field} is ${url === undefined ? 'not set' : `${method ?? ''} ${url}`}`);
}

/** Whether the URL is the needed one, or below it. */
function leadsTo(url: string | undefined, needed: string): boolean {
  return url !== undefined && (url === needed || url.startsWith(`${needed}/`) || url.startsWith(`${needed}?`));
}

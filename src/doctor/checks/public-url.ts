import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

const PRIVATE_HOST =
  /^(localhost|.*\.(local|internal|localhost)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[(::1|f[cd].*|fe80.*)\])$/i;

/** Whether Twilio could reach the API at all; with a stand-in for Twilio any address will do. */
export const publicUrl = defineCheck({
  name: 'public-url',
  needs: ['PUBLIC_BASE_URL'],
  run: ({ settings }) => {
    const { hostname, protocol } = new URL(settings.PUBLIC_BASE_URL);
    if (settings.TWILIO_API_BASE_URL !== undefined) {
      return green('PUBLIC_BASE_URL is for a stand-in of Twilio, so any address will do.');
    }
    if (PRIVATE_HOST.test(hostname)) {
      return red({
        what: `PUBLIC_BASE_URL leads to ${hostname}, which is not on the internet.`,
        why: 'Twilio sends its webhooks there: no receipt and no reply would ever come.',
        remedy: 'Set PUBLIC_BASE_URL to an https address under which the internet reaches the API.',
      });
    }
    return protocol === 'https:'
      ? green('PUBLIC_BASE_URL is an https address.')
      : yellow({
          what: 'PUBLIC_BASE_URL is http.',
          why: 'Numbers and texts of people travel in the webhooks, readable by whoever is on the way.',
          remedy: 'Put a proxy with a certificate in front of the API, and set PUBLIC_BASE_URL to its https address.',
        });
  },
});

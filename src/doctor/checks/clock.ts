import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** `Date` counts whole seconds, and the answer takes a moment. */
const WORTH_A_LOOK_MS = 5_000;
const TOO_FAR_MS = 60_000;

/** This machine's clock against Twilio's. */
export const clock = defineCheck({
  name: 'clock',
  after: ['credentials'],
  needs: ['TWILIO_ACCOUNT_SID'],
  run: async ({ now, twilio }) => {
    const askedAtMs = now();
    const { answeredAtMs } = await twilio().readAccount();
    if (answeredAtMs === undefined) {
      return green('The answer had no date to compare with.');
    }
    const aheadMs = (askedAtMs + now()) / 2 - answeredAtMs;
    if (Math.abs(aheadMs) < WORTH_A_LOOK_MS) {
      return green("This machine's clock agrees with Twilio's.");
    }
    const complaint = {
      what: `This machine's clock is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Twilio's.`,
      why: 'Receipts, opt-outs and quiet hours are ordered and judged by time.',
      remedy: 'Have the clock set by NTP, on every machine that runs posthorn or Postgres.',
    };
    return Math.abs(aheadMs) < TOO_FAR_MS ? yellow(complaint) : red(complaint);
  },
});

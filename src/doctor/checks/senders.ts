import { type NumberSnapshot } from '../../twilio/account-gateway';
import { defineCheck } from '../check';
import { type Finding, green, red, yellow } from '../finding';

/** The number that texts come from. */
export const smsSender = defineCheck({
  name: 'sms-sender',
  after: ['credentials'],
  needs: ['TWILIO_FROM'],
  run: async ({ settings, twilio }): Promise<Finding> => {
    const number = await twilio().findNumber(settings.TWILIO_FROM);
    const problem = cannot('TWILIO_FROM', number, 'canSms', 'send SMS');
    if (problem !== undefined) {
      return problem;
    }
    return number?.canMms === true
      ? green('TWILIO_FROM is a number of the account and can send SMS and MMS.')
      : yellow({
          what: 'TWILIO_FROM can send SMS, but no MMS.',
          why: 'A message with media from this number fails.',
          remedy: 'Send media from a number with MMS (from in the request), or over WhatsApp.',
        });
  },
});

/** The number that calls come from. */
export const voiceSender = defineCheck({
  name: 'voice-sender',
  after: ['credentials'],
  needs: ['TWILIO_VOICE_FROM'],
  run: async ({ settings, twilio }) => {
    const number = await twilio().findNumber(settings.TWILIO_VOICE_FROM);
    return (
      cannot('TWILIO_VOICE_FROM', number, 'canVoice', 'make calls') ??
      green('TWILIO_VOICE_FROM is a number of the account and can make calls.')
    );
  },
});

/** What is wrong with a number of ours; undefined when nothing is. `variable` says where it is configured. */
export function cannot(
  variable: string,
  number: NumberSnapshot | undefined,
  ability: keyof NumberSnapshot,
  inWords: string,
): Finding | undefined {
  if (number === undefined) {
    return red({
      what: `${variable} is not a number of the account.`,
      why: 'Twilio refuses everything that comes from a number of somebody else.',
      remedy: `Set ${variable} to a number from the Twilio Console (Phone Numbers, Active numbers), in E.164.`,
    });
  }
  return number[ability]
    ? undefined
    : red({
        what: `${variable} cannot ${inWords}.`,
        why: 'Every step that uses it would fail.',
        remedy: `Set ${variable} to a number that can ${inWords}; the Twilio Console shows what each can do.`,
      });
}

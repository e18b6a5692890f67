import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** The sender of Twilio's sandbox, which belongs to all accounts. Source: https://www.twilio.com/docs/whatsapp/sandbox */
const SANDBOX = '+14155238886';

/** Whether WhatsApp knows the sender. */
export const whatsAppSender = defineCheck({
  name: 'whatsapp-sender',
  after: ['credentials'],
  needs: ['TWILIO_WHATSAPP_FROM'],
  run: async ({ settings, twilio }) => {
    if (settings.TWILIO_WHATSAPP_FROM === SANDBOX) {
      return yellow({
        what: "TWILIO_WHATSAPP_FROM is the sender of Twilio's sandbox.",
        why: 'It reaches only people who joined the sandbox.',
        remedy: 'Register a WhatsApp sender in the Twilio Console before you go live.',
      });
    }
    const status = await twilio().findWhatsAppSender(settings.TWILIO_WHATSAPP_FROM);
    if (status === undefined) {
      return red({
        what: 'TWILIO_WHATSAPP_FROM is not a WhatsApp sender of the account.',
        why: 'Every WhatsApp step would fail (error 63007).',
        remedy: 'Set it to a sender from the Twilio Console (Messaging, Senders, WhatsApp senders), in E.164.',
      });
    }
    return status.startsWith('ONLINE')
      ? green('TWILIO_WHATSAPP_FROM is a WhatsApp sender of the account and online.')
      : red({
          what: `The WhatsApp sender TWILIO_WHATSAPP_FROM is not online, but ${status}.`,
          why: 'WhatsApp takes messages from senders that are online only.',
          remedy: 'Finish its registration, or see why it is offline, in the Twilio Console (WhatsApp senders).',
        });
  },
});

import { nameOf } from '../../config/sender-pools';
import { type SenderPool } from '../../domain/sender';
import { defineCheck } from '../check';
import { type DoctorContext } from '../doctor-context';
import { type Finding, green, red } from '../finding';
import { cannot } from './senders';

/** Whether every sender of the pools can do what its channel asks of it. */
export const senderPools = defineCheck({
  name: 'sender-pools',
  after: ['credentials'],
  needs: ['POSTHORN_SENDERS'],
  run: async ({ settings, twilio }): Promise<Finding> => {
    const pools = settings.POSTHORN_SENDERS;
    for (const pool of pools) {
      for (const [index, sender] of pool.senders.entries()) {
        const problem = await problemOf(twilio(), pool, { sender, index });
        if (problem !== undefined) {
          return problem;
        }
      }
    }
    return green(
      pools.length === 0
        ? 'There are no pools: each channel has one sender at most.'
        : 'Every sender of POSTHORN_SENDERS belongs to the account and can do what its channel asks of it.',
    );
  },
});

async function problemOf(
  twilio: ReturnType<DoctorContext['twilio']>,
  pool: SenderPool,
  { index, sender }: { readonly index: number; readonly sender: string },
): Promise<Finding | undefined> {
  const which = `Sender ${index + 1} of the pool ${nameOf(pool)} in POSTHORN_SENDERS`;
  switch (pool.channel) {
    case 'sms':
      return cannot(which, await twilio.findNumber(sender), 'canSms', 'send SMS');
    case 'voice':
      return cannot(which, await twilio.findNumber(sender), 'canVoice', 'make calls');
    case 'whatsapp':
      return (await twilio.findWhatsAppSender(sender))?.startsWith('ONLINE') === true
        ? undefined
        : red({
            what: `${which} is not a WhatsApp sender of the account that is online.`,
            why: 'Every message that it is chosen for would fail (error 63007).',
            remedy: 'Finish its registration in the Twilio Console (WhatsApp senders), or take it out of the pool.',
          });
  }
}

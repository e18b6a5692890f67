import { type Command } from 'commander';
import { gatewayFor } from '../../compose-doctor';
import { ConfigError } from '../../config/config-error';
import { type Environment } from '../../config/environment';
import { fixWebhooks, webhookDifferences, type WebhookTarget } from '../../doctor/fix-webhooks';
import { readSettings, type SettingName } from '../../doctor/settings';
import { type AccountGateway } from '../../twilio/account-gateway';
import { describeDifferences, neededWebhooks } from '../../twilio/webhook-settings';
import { agreeTo } from '../agree-to';
import { type CliContext } from '../cli-context';
import { EXIT_CODES } from '../exit-codes';

const AS_NEEDED = 'The webhooks of the conversation service are as posthorn needs them.\n';

/** `posthorn webhooks show` and `posthorn webhooks apply`: where Twilio's webhooks go, as code. */
export function addWebhooksConfiguration(group: Command, context: CliContext): void {
  group
    .command('show')
    .summary('show how the webhooks at Twilio differ from what posthorn needs')
    .description(
      'Compares URL, method and filters of the conversation service with what posthorn needs. Changes nothing.\n' +
        'Ends with 0 when they are the same, otherwise with 1.',
    )
    .option('--json', 'print what is and what is needed as JSON', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const { target, twilio } = open(context.readEnvironment());
      const lines = describeDifferences(await webhookDifferences(twilio, target));
      if (json) {
        const actual = await twilio.readServiceWebhooks(target.conversationServiceSid);
        const needed = neededWebhooks(target.publicBaseUrl);
        context.write(`${JSON.stringify({ actual, needed, differences: lines }, null, 2)}\n`);
      } else {
        context.write(lines.length === 0 ? AS_NEEDED : `${lines.join('\n')}\n`);
      }
      context.setExitCode(lines.length === 0 ? EXIT_CODES.ok : EXIT_CODES.failed);
    });
  group
    .command('apply')
    .summary('set the webhooks at Twilio as posthorn needs them')
    .description(
      'Sets URL, method and filters of the conversation service at Twilio, after showing what differs. A pre-action URL\n' +
        'stays as it is. Ends with 0 when all is as needed, with 1 when nothing was changed though something differs.',
    )
    .option('--yes', 'do not ask before something is changed', false)
    .action(async ({ yes }: { readonly yes: boolean }) => {
      const { target, twilio } = open(context.readEnvironment());
      const { isApplied, lines } = await fixWebhooks(twilio, target, agreeTo(context, yes));
      if (lines.length === 0) {
        context.write(AS_NEEDED);
        return;
      }
      context.write(isApplied ? `Changed at Twilio:\n${lines.join('\n')}\n` : 'Nothing was changed.\n');
      context.setExitCode(isApplied ? EXIT_CODES.ok : EXIT_CODES.failed);
    });
}

const NEEDED = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_API_KEY_SID',
  'TWILIO_API_KEY_SECRET',
  'TWILIO_CONVERSATIONS_SERVICE_SID',
  'PUBLIC_BASE_URL',
] as const satisfies readonly SettingName[];

/** What these commands read has to be right; the rest of the environment is no concern of theirs. @throws ConfigError */
function open(env: Environment): { readonly twilio: AccountGateway; readonly target: WebhookTarget } {
  const { problems, settings } = readSettings(env);
  const concerning = problems.filter(({ variable }) => concerns(variable));
  const { PUBLIC_BASE_URL: publicBaseUrl, TWILIO_CONVERSATIONS_SERVICE_SID: conversationServiceSid } = settings;
  if (concerning.length > 0 || publicBaseUrl === undefined || conversationServiceSid === undefined) {
    throw new ConfigError(concerning);
  }
  return { twilio: gatewayFor(settings), target: { publicBaseUrl, conversationServiceSid } };
}

function concerns(variable: string): boolean {
  return variable === 'TWILIO_API_BASE_URL' || NEEDED.some((name) => name === variable);
}

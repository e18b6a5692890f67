import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { addWebhooksConfiguration } from './webhooks-configuration';
import { addWebhooksList } from './webhooks-list';

/** `posthorn webhooks`: those that came, and where Twilio sends them. */
export function addWebhooks(program: Command, context: CliContext): void {
  const group = program
    .command('webhooks')
    .summary('received webhooks, and where Twilio sends them')
    .description('Received webhooks, and where Twilio sends them. Without a command below it lists received ones.');
  addWebhooksList(group, context);
  addWebhooksConfiguration(group, context);
}

import { type Command, Option } from 'commander';
import { createWebhookTraceStore } from '../../database/webhook-trace-store';
import { WEBHOOK_VERDICT_NAMES, type WebhookVerdict } from '../../domain/webhook-trace';
import { presentWebhook } from '../../http/presenters/webhook';
import { compact } from '../../twilio/compact';
import { type CliContext } from '../cli-context';
import { describeWebhooks } from '../describe-webhooks';
import { limitArgument } from '../limit-argument';
import { momentArgument } from '../moment-argument';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

interface WebhooksOptions {
  readonly since?: string;
  readonly verdict?: WebhookVerdict;
  readonly limit: number;
  readonly json: boolean;
}

/** `posthorn webhooks list`, and `posthorn webhooks` alone. */
export function addWebhooksList(group: Command, context: CliContext): void {
  group
    .command('list', { isDefault: true })
    .summary('list received webhooks')
    .description(
      'Lists received webhooks of all tenants, the newest first: what came, what became of it, and how long that took.\n' +
        'They are kept for 30 days. Times are those of this machine.',
    )
    .option('--since <time>', 'nothing before it, such as 2026-01-31 or 2026-01-31T08:00:00Z', momentArgument)
    .addOption(new Option('--verdict <verdict>', 'only these').choices(WEBHOOK_VERDICT_NAMES))
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as GET /v1/webhooks answers', false)
    .action(async ({ json, ...filter }: WebhooksOptions) => {
      const webhooks = await withOperator(context.readEnvironment(), async ({ knex }) => {
        await requireDatabase(knex);
        const page = await createWebhookTraceStore(knex).list(compact(filter));
        return page.webhooks.map(presentWebhook);
      });
      context.write(json ? `${JSON.stringify({ webhooks }, null, 2)}\n` : describeWebhooks(webhooks));
    });
}

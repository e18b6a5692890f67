import { type Command } from 'commander';
import { composeDoctor } from '../../compose-doctor';
import { checksFor } from '../../doctor/checks';
import { WEBHOOKS_CHECK } from '../../doctor/checks/webhooks';
import { type DoctorContext } from '../../doctor/doctor-context';
import { fixWebhooks } from '../../doctor/fix-webhooks';
import { toReport } from '../../doctor/report';
import { type CheckResult, type RunLimits, runChecks } from '../../doctor/run-checks';
import { readSettings } from '../../doctor/settings';
import { type ConversationSid } from '../../domain/sid';
import { createResourceStack } from '../../resource-stack';
import { agreeTo } from '../agree-to';
import { type CliContext } from '../cli-context';
import { conversationArgument } from '../conversation-argument';
import { describeDoctor } from '../describe-doctor';
import { EXIT_CODES } from '../exit-codes';

/** Few enough for any server, and no check waits for a slow one. A request to Twilio itself is given up after 10 s. */
const LIMITS: RunLimits = { atOnce: 6, limitMs: 15_000 };
const STOP_WITHIN_MS = 3_000;

interface DoctorOptions {
  readonly conversation?: ConversationSid;
  readonly fix: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** `posthorn doctor` */
export function addDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .summary('check configuration, Twilio account, Temporal and Postgres')
    .description(
      'Checks the configuration and all that it leads to: the Twilio account, its webhooks and senders, the way through the\n' +
        'public address, Temporal and Postgres. Says of each what is so, why it matters and what to do. Changes nothing\n' +
        'without --fix. Ends with 0 when nothing is red, otherwise with 1.',
    )
    .option('--conversation <conversation-sid>', 'look into a conversation and its calls as well', conversationArgument)
    .option(
      '--fix',
      'set webhook URL, method and filters of the conversation service, after showing what differs',
      false,
    )
    .option('--yes', 'do not ask before --fix changes something', false)
    .option('--json', 'print the report as JSON', false)
    .action(async (options: DoctorOptions) => {
      const resources = createResourceStack({ stopWithinMs: STOP_WITHIN_MS, report: () => undefined });
      try {
        const doctor = composeDoctor(readSettings(context.readEnvironment()), resources);
        const report = await examine(doctor, options, context);
        context.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : describeDoctor(report));
        context.setExitCode(report.status === 'red' ? EXIT_CODES.failed : EXIT_CODES.ok);
      } finally {
        await resources.stopAll();
      }
    });
}

async function examine(doctor: DoctorContext, options: DoctorOptions, context: CliContext) {
  const checks = checksFor(options.conversation);
  const results = await runChecks(checks, doctor, LIMITS);
  const changed = options.fix ? await mend(results, doctor, options, context) : [];
  // What was mended may have been why others could not be asked.
  return toReport(changed.length === 0 ? results : await runChecks(checks, doctor, LIMITS), changed);
}

/** @returns the lines of what was changed. */
async function mend(
  results: readonly CheckResult[],
  { settings, twilio }: DoctorContext,
  { yes }: DoctorOptions,
  context: CliContext,
): Promise<readonly string[]> {
  const found = results.find(({ name }) => name === WEBHOOKS_CHECK)?.status;
  const { PUBLIC_BASE_URL: publicBaseUrl, TWILIO_CONVERSATIONS_SERVICE_SID: conversationServiceSid } = settings;
  const isBroken = found === 'red' || found === 'yellow';
  if (!isBroken || publicBaseUrl === undefined || conversationServiceSid === undefined) {
    return [];
  }
  const target = { publicBaseUrl, conversationServiceSid };
  const { isApplied, lines } = await fixWebhooks(twilio(), target, agreeTo(context, yes));
  return isApplied ? lines : [];
}

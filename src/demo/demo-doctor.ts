import { composeDoctor, gatewayFor, twilioClientFor } from '../compose-doctor';
import { type Environment } from '../config/environment';
import { CHECKS } from '../doctor/checks';
import { fixWebhooks } from '../doctor/fix-webhooks';
import { type DoctorReport, toReport } from '../doctor/report';
import { type RunLimits, runChecks } from '../doctor/run-checks';
import { readSettings } from '../doctor/settings';
import { parseSid } from '../domain/sid';
import { createResourceStack } from '../resource-stack';
import { neededWebhooks } from '../twilio/webhook-settings';

const LIMITS: RunLimits = { atOnce: 6, limitMs: 10_000 };
const STOP_WITHIN_MS = 3_000;

/**
 * Configuration and Twilio account: the public address of the tour is one that only the simulator knows, and whether Temporal and Postgres
 * are well the other scenarios show.
 */
const ASKED = CHECKS.filter(
  ({ name, needs }) => name !== 'signature' && !needs.includes('TEMPORAL_ADDRESS') && !needs.includes('DATABASE_URL'),
);

/** The doctor, for configurations that the tour plants. */
export interface DemoDoctor {
  /** Makes a conversation service whose webhooks go to the URL. @returns its SID */
  makeService(postWebhookUrl: string): Promise<string>;
  /** Examines the configuration of the tour with other values in some of its variables. */
  examine(overrides: Environment): Promise<DoctorReport>;
  /** Does what `--fix` does to such a configuration. */
  fix(overrides: Environment): Promise<void>;
}

/** @param environment what API and worker were started with. */
export function createDemoDoctor(environment: Environment): DemoDoctor {
  const settingsWith = (overrides: Environment) => readSettings({ ...environment, ...overrides });
  return {
    async makeService(postWebhookUrl) {
      const { settings } = settingsWith({});
      const { conversations } = twilioClientFor(settings);
      const made = await conversations.v1.services.create({ friendlyName: 'Somebody else uses this one' });
      const elsewhere = { ...neededWebhooks(postWebhookUrl), postWebhookUrl };
      await gatewayFor(settings).setServiceWebhooks(parseSid(made.sid, 'IS'), elsewhere);
      return made.sid;
    },
    async examine(overrides) {
      const resources = createResourceStack({ stopWithinMs: STOP_WITHIN_MS, report: () => undefined });
      try {
        return toReport(await runChecks(ASKED, composeDoctor(settingsWith(overrides), resources), LIMITS), []);
      } finally {
        await resources.stopAll();
      }
    },
    async fix(overrides) {
      const { settings } = settingsWith(overrides);
      const { PUBLIC_BASE_URL: publicBaseUrl, TWILIO_CONVERSATIONS_SERVICE_SID: conversationServiceSid } = settings;
      if (publicBaseUrl === undefined || conversationServiceSid === undefined) {
        throw new Error('PUBLIC_BASE_URL and TWILIO_CONVERSATIONS_SERVICE_SID are needed to fix webhooks');
      }
      await fixWebhooks(gatewayFor(settings), { publicBaseUrl, conversationServiceSid }, () => Promise.resolve(true));
    },
  };
}

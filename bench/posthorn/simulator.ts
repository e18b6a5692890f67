import { type LocalCredentials } from '../../src/local/local-credentials';
import { LOCAL_PUBLIC_BASE_URL } from '../../src/local/stack-variables';
import { configureWebhooks, DELIVERY_FILTERS } from '../../src/simulator/configure-webhooks';
import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';
import { startSimulator } from '../../src/simulator/start-simulator';
import { runPart } from '../process/run-part';

export interface SimulatorSettings {
  readonly twilio: LocalCredentials['twilio'];
  /** Origin of the process that takes the webhooks. */
  readonly webhooksTo: string;
  /** Path of the webhooks there. */
  readonly webhookPath: string;
}

export interface SimulatorFacts {
  readonly url: string;
}

/** A script becomes the default for all messages; `idle` is answered once no webhook is outstanding. */
export type SimulatorQuestion =
  { readonly kind: 'script'; readonly script: DeliveryScriptInput } | { readonly kind: 'idle' };

/** The logs are for people; during a measurement nobody reads them. */
const LOG_CAPACITY = 100;

/** Twilio's stand-in in a process of its own, so that its work is not taken for posthorn's. */
runPart<SimulatorSettings, SimulatorFacts>(async ({ twilio, webhookPath, webhooksTo }, { resources }) => {
  const simulator = resources.use(
    'simulator',
    await startSimulator({
      ...twilio,
      webhookOrigins: { [LOCAL_PUBLIC_BASE_URL]: webhooksTo },
      logCapacity: LOG_CAPACITY,
    }),
  );
  await configureWebhooks({
    ...twilio,
    url: simulator.url,
    webhookUrl: `${LOCAL_PUBLIC_BASE_URL}${webhookPath}`,
    filters: DELIVERY_FILTERS,
  });
  return {
    facts: { url: simulator.url },
    answer: async (question) => {
      const asked = question as SimulatorQuestion;
      if (asked.kind === 'script') {
        simulator.control.setDefaultScript(asked.script);
      } else {
        await simulator.control.whenIdle();
      }
    },
  };
});

import { once } from 'node:events';
import { DELIVERY_FILTERS, configureWebhooks } from './configure-webhooks';
import { readMainSettings } from './main-settings';
import { startSimulator } from './start-simulator';

/**
 * Runs a simulator as the environment says, until SIGINT or SIGTERM.
 * @param say is told where it listens.
 * @throws ControlError when the environment cannot be used; Error when the port is taken.
 */
export async function runSimulator(
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<void> {
  const { options, webhookUrl } = readMainSettings(environment);
  const simulator = await startSimulator(options);
  try {
    const stopping = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    if (webhookUrl !== undefined) {
      const { accountSid, authToken, serviceSid } = options;
      const { url } = simulator;
      await configureWebhooks({ url, accountSid, authToken, serviceSid, webhookUrl, filters: DELIVERY_FILTERS });
    }
    say(`simulator listening on ${simulator.url}`);
    await stopping;
  } finally {
    await simulator.stop();
  }
}

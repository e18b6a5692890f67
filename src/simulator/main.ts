import { DELIVERY_FILTERS, configureWebhooks } from './configure-webhooks';
import { readMainSettings } from './main-settings';
import { startSimulator } from './start-simulator';

/** Runs a simulator as a process of its own until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const { options, webhookUrl } = readMainSettings(process.env);
  const simulator = await startSimulator(options);
  const stop = (): void => void simulator.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (webhookUrl !== undefined) {
    const { accountSid, authToken, serviceSid } = options;
    await configureWebhooks({
      url: simulator.url,
      accountSid,
      authToken,
      serviceSid,
      webhookUrl,
      filters: DELIVERY_FILTERS,
    });
  }
  process.stdout.write(`simulator listening on ${simulator.url}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`the simulator did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { readMainSettings } from '../../src/simulator/main-settings';
import { ACCOUNT_SID, AUTH_TOKEN, SERVICE_SID } from './support/identifiers';

const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: `${AUTH_TOKEN},an-older-one`,
  TWILIO_CONVERSATIONS_SERVICE_SID: SERVICE_SID,
};

function startProcess(environment: Record<string, string>): ChildProcess {
  const entry = path.join(__dirname, '../../src/simulator/main.ts');
  return spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  for await (const chunk of stream ?? []) {
    return String(chunk).trim();
  }
  return '';
}

test('runs as a process until it is told to stop', async () => {
  const child = startProcess({
    ...ENVIRONMENT,
    SIMULATOR_PORT: '0',
    SIMULATOR_WEBHOOK_URL: 'https://posthorn.example/webhooks/twilio/conversations',
  });
  try {
    const line = await firstLine(child.stdout);
    const url = /^simulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
    const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
    const answer = await fetch(`${url}/v1/Services/${SERVICE_SID}/Configuration/Webhooks`, {
      headers: { authorization },
    });

    expect(await answer.json()).toMatchObject({
      post_webhook_url: 'https://posthorn.example/webhooks/twilio/conversations',
      filters: ['onDeliveryUpdated', 'onMessageAdded'],
    });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('does not start without its settings, and names each', async () => {
  const child = startProcess({ TWILIO_AUTH_TOKEN: AUTH_TOKEN });
  const [line, exit] = await Promise.all([firstLine(child.stderr), once(child, 'exit')]);

  expect(exit).toEqual([1, null]);
  expect(line).toMatch(/TWILIO_ACCOUNT_SID: set it .*TWILIO_CONVERSATIONS_SERVICE_SID: set it/);
  expect(line).not.toContain('TWILIO_AUTH_TOKEN');
});

test('reads where webhooks for public origins really go', () => {
  const settings = readMainSettings({
    ...ENVIRONMENT,
    SIMULATOR_WEBHOOK_ORIGINS: 'https://posthorn.example=http://api:3000, https://other.example=http://other:3000',
  });

  expect(settings.options).toMatchObject({
    authToken: AUTH_TOKEN,
    webhookOrigins: { 'https://posthorn.example': 'http://api:3000', 'https://other.example': 'http://other:3000' },
  });
  expect(() => readMainSettings({ ...ENVIRONMENT, SIMULATOR_WEBHOOK_ORIGINS: 'https://posthorn.example' })).toThrow(
    'SIMULATOR_WEBHOOK_ORIGINS: write public=local, several with commas between',
  );
});

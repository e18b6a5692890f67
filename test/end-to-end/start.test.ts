import { createEmptyDatabase } from '../support/database';
import { testServices } from '../support/test-services';
import { startProcess } from './support/service-process';

jest.setTimeout(60_000);

it.each(['server', 'worker'] as const)('%s lists every wrong value of its environment at once', async (name) => {
  const service = startProcess(name, {
    DATABASE_URL: 'mysql://nowhere',
    TWILIO_ACCOUNT_SID: 'CN0123456789abcdef0123456789abcdef',
    LOG_LEVEL: 'loud',
  });
  await expect(service.ended).resolves.toBe(78);
  const output = service.output();
  expect(output).toContain('DATABASE_URL is not a Postgres connection string');
  expect(output).toContain(
    'TWILIO_ACCOUNT_SID is CN…, which is a connect app ("conductor") SID; an account SID starts with AC',
  );
  expect(output).toContain('LOG_LEVEL is not a level');
  expect(output).toContain('TEMPORAL_ADDRESS is missing');
  expect(output).not.toContain('mysql://nowhere');
});

it('the worker refuses a database that is not set up, and says what to do', async () => {
  const database = await createEmptyDatabase();
  try {
    const service = startProcess('worker', {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: testServices().temporalAddress,
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_API_KEY_SID: `SK${'0'.repeat(32)}`,
      TWILIO_API_KEY_SECRET: 'secret',
      TWILIO_CONVERSATIONS_SERVICE_SID: `IS${'0'.repeat(32)}`,
    });
    await expect(service.ended).resolves.toBe(1);
    expect(service.output()).toContain('run \\"posthorn setup\\"');
  } finally {
    await database.drop();
  }
});

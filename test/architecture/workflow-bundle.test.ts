import { createLogger } from '../../src/telemetry/logger';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';

it('bundles the workflows without Node modules and without heavy libraries', async () => {
  const { code } = await bundleWorkflows(createLogger({ level: 'silent', name: 'test' }));
  const modules = [...code.matchAll(/\.\/((?:node_modules|src|workflows|activities)\/[\w@./-]+)/g)].map(
    ([, path]) => path ?? '',
  );
  expect(modules).toContain('workflows/deliver-message.ts');
  expect(modules.filter((path) => /^(src\/(?!domain\/)|activities\/)/.test(path))).toEqual([]);
  expect(
    modules.filter((path) =>
      /node_modules\/(libphonenumber-js|luxon|countries-and-timezones|zod|knex|twilio)\//.test(path),
    ),
  ).toEqual([]);
});

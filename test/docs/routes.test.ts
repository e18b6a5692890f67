import { createApiRouter } from '../../src/http/routes/api-router';
import { createOperationsRouter } from '../../src/http/routes/operations-router';
import { createWebhookRouter } from '../../src/http/routes/webhook-router';
import { readDocument, section, tableRows } from './markdown';

test('README.md has every route, and no other', () => {
  // Routes are only listed here, never called: what they would work with is not needed.
  const nothing = {} as never;
  const routers = [createApiRouter(nothing), createWebhookRouter(nothing), createOperationsRouter(nothing)];
  const inCode = routers.flatMap(({ stack }) =>
    stack.flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`),
    ),
  );
  const documented = tableRows(section(readDocument('README.md'), 'routes')).map(([route]) => route);
  expect(documented.sort()).toEqual(inCode.sort());
});

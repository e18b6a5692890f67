/** The import law: docs/architecture.md, "Who may import whom". Checked by `npm run lint` and by test/architecture. */

/** A rule: files of `from` must not import `to`. Type imports are free where `exceptTypes` is set. */
function forbid(name, comment, from, to, { exceptTypes = false } = {}) {
  return {
    name,
    comment,
    severity: 'error',
    from: typeof from === 'string' ? { path: from } : from,
    to: {
      ...(typeof to === 'string' ? { path: to } : to),
      ...(exceptTypes ? { dependencyTypesNot: ['type-only'] } : {}),
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circles',
      'Nothing imports itself by a detour.',
      { path: '.' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'domain-is-pure',
      'src/domain imports nothing outside itself but small pure libraries and hashing.',
      '^src/domain/',
      {
        pathNot:
          '^src/domain/|(^|/)node_modules/(ms|libphonenumber-js|luxon|countries-and-timezones|@types/luxon)/|^(node:)?crypto$',
      },
    ),
    forbid(
      'workflows-are-closed',
      'Workflows import values only from Temporal, src/domain and themselves.',
      '^workflows/',
      { pathNot: '^workflows/|^src/domain/|(^|/)node_modules/@temporalio/(workflow|common)/' },
      { exceptTypes: true },
    ),
    forbid(
      'activities-get-their-parts',
      'Activities get gateway and stores through their factory.',
      '^activities/',
      '^src/(database|temporal|config|http|local)/',
      {
        exceptTypes: true,
      },
    ),
    forbid(
      'http-knows-no-drivers',
      'HTTP never touches knex, Twilio or Temporal clients.',
      '^src/http/',
      '(^|/)node_modules/(knex|pg|twilio|@temporalio)/',
    ),
    forbid(
      'simulator-is-apart',
      'Product code never imports the simulator.',
      { path: '^(src|workflows|activities)/', pathNot: '^src/(simulator|checker|local|demo|cli)/' },
      '^src/simulator/',
    ),
    forbid(
      'checker-is-apart',
      'Product code never imports the checker.',
      { path: '^(src|workflows|activities)/', pathNot: '^src/(checker|demo|cli)/' },
      '^src/checker/',
    ),
    forbid(
      'checker-judges-by-itself',
      'The checker has its own reading of what is right: it takes nothing but types from the product.',
      '^src/checker/',
      { path: '^(src|workflows|activities)/', pathNot: '^src/(checker/|simulator/logs/)' },
      { exceptTypes: true },
    ),
    forbid('simulator-knows-no-product', 'The simulator stands on its own.', '^src/simulator/', {
      path: '^(src|workflows|activities)/',
      pathNot: '^src/(simulator|domain)/',
    }),
    forbid(
      'only-roots-compose',
      'Only composition roots build things: servers, pools and clients.',
      { path: '^src/', pathNot: '^src/(start-|compose-|server|worker|local/|demo/|cli/|setup/|dev)' },
      '^src/(start-|compose-|server|worker|local/|setup/run-setup)',
      { exceptTypes: true },
    ),
    forbid(
      'no-dev-dependencies',
      'What runs in production is among the dependencies.',
      { path: '^(src|workflows|activities)/', pathNot: '^src/(local|demo|dev)' },
      {
        dependencyTypes: ['npm-dev'],
      },
      { exceptTypes: false },
    ),
    forbid('no-unresolved', 'Every import can be found.', { path: '.' }, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};

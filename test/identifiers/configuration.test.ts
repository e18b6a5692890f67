import { API_VARIABLES, loadApiConfig } from '../../src/config/api-config';
import { SETUP_VARIABLES } from '../../src/config/setup-config';
import { loadWorkerConfig, WORKER_VARIABLES } from '../../src/config/worker-config';
import { SID_KINDS, SID_PREFIXES, type SidPrefix } from '../../src/domain/sid-kinds';
import { VALID } from '../config/environments';
import { expectSentence, misplaced, sidOfKind } from './each-kind';

type Load = typeof loadApiConfig | typeof loadWorkerConfig;

/** Variables that hold an identifier, with its kind; and those where people put one in place of something else. */
const VARIABLES: readonly [string, readonly SidPrefix[], Load][] = [
  ['TWILIO_ACCOUNT_SID', ['AC'], loadApiConfig],
  ['TWILIO_ACCOUNT_SID', ['AC'], loadWorkerConfig],
  ['TWILIO_API_KEY_SID', ['SK'], loadWorkerConfig],
  ['TWILIO_CONVERSATIONS_SERVICE_SID', ['IS'], loadWorkerConfig],
  ['TWILIO_MESSAGING_SERVICE_SID', ['MG'], loadWorkerConfig],
  ['TWILIO_APPLICATION_SID', ['AP'], loadApiConfig],
  ['TWILIO_APPLICATION_SID', ['AP'], loadWorkerConfig],
  ['TWILIO_CONDUCTOR_SID', ['CN'], loadApiConfig],
  ['TWILIO_CONDUCTOR_SID', ['CN'], loadWorkerConfig],
  ['TWILIO_FROM', [], loadApiConfig],
  ['TWILIO_WHATSAPP_FROM', [], loadApiConfig],
  ['TWILIO_VOICE_FROM', [], loadApiConfig],
  ['POSTHORN_SENDERS', [], loadWorkerConfig],
  ['TWILIO_AUTH_TOKEN', [], loadApiConfig],
  ['TWILIO_API_KEY_SECRET', [], loadWorkerConfig],
];

test('no variable that holds an identifier is left out', () => {
  const all = Object.keys({ ...API_VARIABLES, ...WORKER_VARIABLES, ...SETUP_VARIABLES });
  const inTable = VARIABLES.filter(([, expected]) => expected.length > 0).map(([name]) => name);
  expect(all.filter((name) => /SID/.test(name) && !inTable.includes(name))).toEqual([]);
  const placed = SID_PREFIXES.flatMap((prefix) => [...SID_KINDS[prefix].belongsTo]);
  expect(inTable.filter((name) => !placed.some((place) => place === name))).toEqual([]);
});

test.each(misplaced(VARIABLES))('%s does not take %s', (name, found, [, expected, load]) => {
  const problem = problemsOf(load, { [name]: sidOfKind(found) });
  expectSentence(problem, name, found, expected);
});

test.each(VARIABLES.filter(([, expected]) => expected.length > 0))('%s takes %j', (name, [prefix = 'AC'], load) => {
  expect(problemsOf(load, { [name]: sidOfKind(prefix) })).toBe('');
});

test('the configuration for calls is read by API and worker', () => {
  const variables = {
    TWILIO_VOICE_FROM: '+1 202 555 0100',
    TWILIO_APPLICATION_SID: sidOfKind('AP'),
    TWILIO_CONDUCTOR_SID: sidOfKind('CN'),
  };
  for (const load of [loadApiConfig, loadWorkerConfig]) {
    expect(load({ ...VALID, ...variables }).voice).toEqual({
      from: '+12025550100',
      applicationSid: sidOfKind('AP'),
      conductorSid: sidOfKind('CN'),
    });
    expect(load(VALID).voice).toEqual({});
  }
});

function problemsOf(load: Load, variables: Readonly<Record<string, string>>): string {
  try {
    load({ ...VALID, ...variables });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

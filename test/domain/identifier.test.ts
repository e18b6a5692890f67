import { readIdentifier, TRACED_PREFIXES } from '../../src/domain/identifier';
import { nameOfKind, placeOfKind, SID_PREFIXES } from '../../src/domain/sid-kinds';
import { sidOfKind } from '../identifiers/each-kind';

const MESSAGE_ID = `msg_${'a'.repeat(32)}`;
const CALLBACK_ID = `evt_${'b'.repeat(32)}`;
const RUN_ID = '0b5a5a6e-55a8-4fd0-9d60-1b2b6a7ad1c8';

test.each<[string, string, string]>([
  [MESSAGE_ID, 'message', MESSAGE_ID],
  [`deliver-${MESSAGE_ID}`, 'message', MESSAGE_ID],
  [`task_${'a'.repeat(32)}_2`, 'message', MESSAGE_ID],
  [CALLBACK_ID, 'callback', CALLBACK_ID],
  [`tell-caller-${CALLBACK_ID}`, 'callback', CALLBACK_ID],
  [`${sidOfKind('DY')}:delivered`, 'DY', sidOfKind('DY')],
  [`store-receipt-${sidOfKind('DY')}:failed:30008`, 'DY', sidOfKind('DY')],
  [`${sidOfKind('CA')}:key:1:acknowledge`, 'CA', sidOfKind('CA')],
  [RUN_ID, 'run', RUN_ID],
  [RUN_ID.toUpperCase(), 'run', RUN_ID],
  ...TRACED_PREFIXES.map((prefix) => [sidOfKind(prefix), prefix, sidOfKind(prefix)] as [string, string, string]),
])('%s is read as %s, blanks around it or not', (text, kind, id) => {
  for (const written of [text, `  ${text}\n`]) {
    expect(readIdentifier(written)).toMatchObject({ isTraced: true, identifier: { kind, id } });
  }
});

test.each(SID_PREFIXES.filter((prefix) => !TRACED_PREFIXES.some((traced) => traced === prefix)))(
  '%s is of no single message: says so, what is expected, and where it belongs',
  (prefix) => {
    const reading = readIdentifier(sidOfKind(prefix));
    const problem = reading.isTraced ? '' : reading.problem;
    expect(problem).toMatch(new RegExp(`^is ${prefix}…, which is `));
    expect(problem).toContain(nameOfKind(prefix));
    expect(problem).toMatch(/; it is not of one message: \w.*; an identifier on the way of a message is expected: /);
    expect(problem).toContain(placeOfKind(prefix));
    expect(problem).not.toContain(sidOfKind(prefix));
  },
);

test.each(['', 'msg_', 'order 4711', '+12025550101', 'CH123', 'tell-caller-msg_1', 'task_', `CH${'g'.repeat(32)}`])(
  '%j is no identifier',
  (text) => {
    expect(readIdentifier(text)).toMatchObject({
      isTraced: false,
      problem: expect.stringMatching(/^is no identifier that posthorn knows: .*--key$/) as string,
    });
  },
);

import { DEFAULT_OPT_OUT_CODES, parseOptOutErrorCodes, scopeOfReach } from '../../src/domain/opt-out-code';

describe('parseOptOutErrorCodes', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['21610', [{ code: 21610, reach: 'sender' }]],
    ['63033', [{ code: 63033, reach: 'marketing' }]],
    ['21610,63014,63033', DEFAULT_OPT_OUT_CODES],
    [
      ' 21610 : everything , 30004 ',
      [
        { code: 21610, reach: 'everything' },
        { code: 30004, reach: 'sender' },
      ],
    ],
    ['30004:channel', [{ code: 30004, reach: 'channel' }]],
  ])('reads "%s"', (text, expected) => {
    expect(parseOptOutErrorCodes(text)).toEqual(expected);
  });

  it.each([
    ['2161', '"2161" does not start with an error code of five digits: write it like 21610 or 63014:channel'],
    ['stop:sender', '"stop:sender" does not start with an error code of five digits'],
    ['21610,', '"" does not start with an error code of five digits'],
    ['021610', '"021610" does not start with'],
    ['21610;63014', '"21610;63014" does not start with'],
    ['21610:', '"21610:" has an unknown reach: after the colon write one of sender, channel, marketing, everything'],
    ['21610:Sender', '"21610:Sender" has an unknown reach'],
    ['21610:sender:channel', '"21610:sender:channel" has an unknown reach'],
    ['21610, 21610:channel', 'the code 21610 is there more than once: keep one entry for it'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseOptOutErrorCodes(text)).toThrow(message);
  });

  it('has no default for filtered content', () => {
    expect(DEFAULT_OPT_OUT_CODES.map(({ code }) => code)).toEqual([21610, 63014, 63033]);
  });
});

describe('scopeOfReach', () => {
  const refused = { sender: '+12025550100', channel: 'whatsapp' as const };

  it.each([
    ['sender', { sender: '+12025550100' }],
    ['channel', { channel: 'whatsapp' }],
    ['marketing', { channel: 'whatsapp', category: 'marketing' }],
    ['everything', {}],
  ] as const)('of %s', (reach, scope) => {
    expect(scopeOfReach(reach, refused)).toEqual(scope);
  });
});

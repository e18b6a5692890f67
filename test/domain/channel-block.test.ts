import { evidenceOfCode, isChannelBlock } from '../../src/domain/channel-block';

const block = { scope: { channel: 'whatsapp' }, source: 'receipt', evidence: evidenceOfCode(63014, 'IM1') } as const;

it('is what the code of a block has told about the whole channel', () => {
  expect(isChannelBlock(block, 'whatsapp')).toBe(true);
});

it.each<[string, Partial<Parameters<typeof isChannelBlock>[0]>]>([
  ['another channel', { scope: { channel: 'sms' } }],
  ['everything', { scope: {} }],
  ['one sender there', { scope: { channel: 'whatsapp', sender: '+12025550100' } }],
  ['one category there', { scope: { channel: 'whatsapp', category: 'marketing' } }],
  ['the code of a STOP', { evidence: evidenceOfCode(21610, 'IM1') }],
  ['a code that nobody knows', { evidence: evidenceOfCode(99999, 'IM1') }],
  ['no code', { evidence: 'IM1' }],
  ['a word of the recipient', { source: 'inbound_word' }],
  ['a caller who says the same', { source: 'api' }],
  ['an imported row', { source: 'import' }],
])('is not: %s', (_what, other) => {
  expect(isChannelBlock({ ...block, ...other }, 'whatsapp')).toBe(false);
});

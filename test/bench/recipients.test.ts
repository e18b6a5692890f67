import { createRecipients } from '../../bench/recipients';
import { parseAddress } from '../../src/domain/address';

describe('createRecipients', () => {
  it('hands out numbers that are reserved for examples, none twice', () => {
    const recipients = createRecipients();
    const taken = [...recipients.take(2_000), ...recipients.take(2_000)];
    expect(new Set(taken).size).toBe(4_000);
    expect(taken.filter((number) => !/^\+1\d{3}55501\d\d$/.test(number))).toEqual([]);
  });

  it('hands out numbers that posthorn takes', () => {
    const taken = createRecipients().take(500);
    expect(taken.map((number) => parseAddress(number).e164)).toEqual(taken);
  });

  it('says so when there are no more', () => {
    expect(() => createRecipients().take(100_000)).toThrow('measure fewer messages');
  });
});

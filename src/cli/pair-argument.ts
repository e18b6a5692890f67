import { InvalidArgumentError } from 'commander';

/** Texts by name, as options that may be given several times add them up. */
export type Pairs = Readonly<Record<string, string>>;

/** Reads `name=text` and adds it to those before; the text may be empty and have further equals signs. @throws InvalidArgumentError */
export function pairArgument(text: string, before: Pairs = {}): Pairs {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('It is not of the form name=text: write such as order=1234.');
  }
  if (Object.hasOwn(before, name)) {
    throw new InvalidArgumentError(`It gives ${name} a second text: give each name once.`);
  }
  return { ...before, [name]: value };
}

import { styleText } from 'node:util';

/** Colours for a terminal. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
}

/**
 * Colours when the stream is a terminal that has them; NO_COLOR, TERM=dumb and the like are respected.
 * Source: https://no-color.org
 */
export function paintFor(stream: { readonly isTTY?: boolean; hasColors?(): boolean }): Paint {
  const isColourful = stream.isTTY === true && stream.hasColors?.() === true;
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    isColourful ? styleText(format, text, { validateStream: false }) : text;
  return { good: style('green'), bad: style('red'), quiet: style('gray'), strong: style('bold') };
}

import { bar } from './bar';
import { countText, shareText } from './figures';
import { type Terminal } from './terminal';

/** One bar with its name and figures. */
export interface BarLine {
  readonly label: string;
  readonly count: number;
  /** What `count` is a part of; 0 when that is not known. */
  readonly whole: number;
}

const GAP = '  ';
/** A bar shorter than this shows nothing. */
const SHORTEST_BAR = 8;

/**
 * Bars under each other, the longest as long as the line allows, with count and share beside them. A label that leaves no room for
 * its bar is cut.
 */
export function barLines(lines: readonly BarLine[], { width }: Terminal, paint: (text: string) => string): string[] {
  const counts = lines.map(({ count }) => countText(count));
  const shares = lines.map(({ count, whole }) => shareText(count, whole));
  const [ofCount, ofShare] = [widest(counts), widest(shares)];
  const figures = ofCount + ofShare + 3 * GAP.length;
  const ofLabel = Math.min(widest(lines.map(({ label }) => label)), width - figures - SHORTEST_BAR);
  const most = Math.max(...lines.map(({ count }) => count));
  return lines.map(({ count, label }, index) => {
    const drawn = paint(bar(count, most, width - figures - ofLabel));
    const beside = [(counts[index] ?? '').padStart(ofCount), (shares[index] ?? '').padStart(ofShare)];
    return [cut(label, ofLabel).padEnd(ofLabel), drawn, ...beside].join(GAP).trimEnd();
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

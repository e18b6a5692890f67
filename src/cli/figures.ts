const NUMBER = new Intl.NumberFormat('en-US');
const RATE = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const PERCENT = 100;

/** A count as people write it: `12,345`. */
export function countText(count: number): string {
  return NUMBER.format(count);
}

/** A part of a whole: `2.6 %`; nothing when there is no whole. What is more than nothing is not said to be 0.0. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) {
    return '';
  }
  const percent = (part / whole) * PERCENT;
  return part > 0 && percent < 0.05 ? '<0.1 %' : `${RATE.format(percent)} %`;
}

/** How much more or less it is than before: `+14.6 %`, `-3.0 %`, `±0 %`; nothing when there was none before. */
export function changeText(now: number, before: number): string {
  if (before === 0) {
    return '';
  }
  const percent = RATE.format(Math.abs(now / before - 1) * PERCENT);
  return now === before ? '±0 %' : `${now > before ? '+' : '-'}${percent} %`;
}

/**
 * What messages can be counted by. `channel`, `sender` and `country` are those of the attempt that decided; `country` is the
 * recipient's, `day` is the one on which the message ended.
 */
export const REPORT_DIMENSIONS = [
  'errorCode',
  'errorClass',
  'outcome',
  'channel',
  'sender',
  'country',
  'category',
  'day',
] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** What only a message has that did not arrive. All others divide the delivered ones as well, so a rate within them means something. */
const OF_ENDING: readonly ReportDimension[] = ['errorCode', 'errorClass', 'outcome'];

/** Whether every message has it, however it ended. */
export function dividesAll(dimension: ReportDimension): boolean {
  return !OF_ENDING.includes(dimension);
}

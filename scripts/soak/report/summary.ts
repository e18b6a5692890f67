import { type Violation } from '../../../src/checker/violation';
import { type SoakResult } from './soak-result';

type Rows = Readonly<Record<string, number | string>>;

const NAME_WIDTH = 44;

/** The result for a person: what happened, how often, then everything that is wrong. */
export function summaryOf(result: SoakResult): string {
  const { messages, webhooks, memoryMib } = result;
  const { outcomes, timeToOutcomeMs, ...counts } = messages;
  const sections: readonly (readonly [title: string, rows: Rows])[] = [
    ['messages', counts],
    ['outcomes', outcomes],
    ['milliseconds to the outcome', timeToOutcomeMs],
    ['callers', result.caller],
    ['answers', result.answers],
    ['callbacks', result.callbacks],
    ['webhooks', { ...webhooks }],
    ['webhooks that Twilio did not send', result.forged],
    ['replies', result.replies],
    ['processes killed', result.kills],
    ['processes that ended by themselves', result.ended],
    ['servers restarted', result.restarts],
    ['outages', { ...result.outages, 'conversations closed': result.conversationsClosed }],
    ['faults at Twilio', result.twilioFaults],
    ['error lines in the logs', result.errorLines],
    ['MiB at the start → at the end', growth(memoryMib)],
    ['checked', { ...result.checked }],
  ];
  return [...sections.flatMap(describeSection), '', ...describeWrongs(result)].join('\n');
}

function describeSection([title, rows]: readonly [title: string, rows: Rows]): string[] {
  const lines = Object.entries(rows).map(([name, value]) => `  ${name.padEnd(NAME_WIDTH)} ${value}`);
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function growth({ atStart, atEnd }: SoakResult['memoryMib']): Rows {
  const names = Object.keys(atStart);
  return Object.fromEntries(names.map((name) => [name, `${atStart[name] ?? '?'} → ${atEnd[name] ?? '?'}`]));
}

function describeWrongs({ problems, violations, minutes, rate, seed }: SoakResult): string[] {
  const run = `${minutes} minutes, ${rate} messages a second, --seed ${seed}`;
  return [
    ...violations.map(describeViolation),
    ...problems.map((problem) => `PROBLEM ${problem}`),
    `${run}: ${violations.length} violations, ${problems.length} problems`,
  ];
}

function describeViolation({ kind, expected, found, ...ids }: Violation): string {
  const where = Object.entries(ids).map(([name, value]) => `${name} ${value}`);
  return `VIOLATION ${kind} (${where.join(', ')}): expected ${expected}, found ${found}`;
}

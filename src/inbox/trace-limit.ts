import { isChange, type WebhookTrace } from '../domain/webhook-trace';

/** Keeps webhooks that change nothing from filling the disk: anybody can post those, as many as they like. */
export interface TraceLimit {
  /** @returns what is to be written now. Nothing when the trace was only counted; more than it when a minute has ended. */
  admit(trace: WebhookTrace): readonly WebhookTrace[];
  /** One trace for all those that were only counted since they were last asked for, by endpoint and verdict. */
  takeCounted(): readonly WebhookTrace[];
}

interface Minute {
  /** `2026-01-31T08:05`. */
  readonly name: string;
  admitted: number;
  counted: WebhookTrace | undefined;
}

/**
 * Whatever changed something is always admitted: Twilio alone can cause it, and each receipt can do so once.
 * Of the rest `mostPerMinute` for each endpoint and verdict.
 */
export function createTraceLimit(mostPerMinute: number): TraceLimit {
  const minutes = new Map<string, Minute>();
  return {
    admit(trace) {
      if (isChange(trace.effect)) {
        return [trace];
      }
      const key = `${trace.endpoint} ${trace.verdict}`;
      const name = trace.receivedAt.slice(0, '2026-01-31T08:05'.length);
      const known = minutes.get(key);
      const minute: Minute = known?.name === name ? known : { name, admitted: 0, counted: undefined };
      minutes.set(key, minute);
      const ofMinuteBefore =
        known === undefined || known === minute || known.counted === undefined ? [] : [known.counted];
      if (minute.admitted < mostPerMinute) {
        minute.admitted += 1;
        return [...ofMinuteBefore, trace];
      }
      minute.counted = countIn(minute.counted, trace);
      return ofMinuteBefore;
    },
    takeCounted() {
      return [...minutes.values()].flatMap((minute) => {
        const { counted } = minute;
        minute.counted = undefined;
        return counted === undefined ? [] : [counted];
      });
    },
  };
}

/** Stands at the time of the first, and says of them only what they have in common. */
function countIn(counted: WebhookTrace | undefined, trace: WebhookTrace): WebhookTrace {
  const { receivedAt, endpoint, verdict, effect } = counted ?? trace;
  return { receivedAt, endpoint, verdict, effect, count: (counted?.count ?? 0) + trace.count };
}

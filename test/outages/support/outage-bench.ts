import { type Deployment } from '../../end-to-end/support/deployment';
import { expectNoViolations, type TestEvidence } from '../../support/expect-no-violations';
import { until } from '../../support/until';
import { createLoad, type Load } from './load';

/** Messages before, during and after each outage. */
const BEFORE = 40;
const DURING = 60;
const AFTER = 20;

/** What shares its cores with other tests may take its time. */
export const NOTICED_WITHIN_MS = 90_000;

/** Variables of a deployment that is to lose a part: its messages' own time-outs are far longer than a test, so only receipts and the sweep can end them. */
export const OUTAGE_VARIABLES = { POSTHORN_SWEEP_INTERVAL: '2s', POSTHORN_RECEIPT_QUIET_AFTER: '1s' } as const;

/** Callers of a deployment that loses a part for a while. */
export interface OutageBench {
  /** Posts messages, and waits until some are under way to Twilio while others wait for their receipts. */
  getUnderWay(): Promise<void>;
  /** Resolves when the messages were accepted, however often callers had to repeat them. */
  postDuring(): Promise<void>;
  refusedPosts(): number;
  /** Waits until each caller of `postDuring` was refused or unanswered once. */
  everyCallerNoticed(): Promise<void>;
  /** Every message is at Twilio once and has its right outcome, and the checker finds nothing. */
  expectNothingLost(evidence: Omit<TestEvidence, 'acceptedMessageIds'>): Promise<void>;
}

/** @param outagesBefore of the same deployment: nobody is written to in two of them. */
export function createOutageBench(deployment: Deployment, outagesBefore: number): OutageBench {
  const load: Load = createLoad(deployment, { recipientsBefore: outagesBefore * (BEFORE + DURING + AFTER) });
  const refusedPosts = (): number => load.tally.count('repeated posts');
  return {
    refusedPosts,
    getUnderWay: async () => {
      await load.post(BEFORE);
      await until('Twilio to have some', () => load.atTwilio() >= BEFORE / 4, NOTICED_WITHIN_MS);
    },
    postDuring: () => load.post(DURING),
    everyCallerNoticed: async () => {
      await until('every caller to be refused once', () => refusedPosts() >= DURING, NOTICED_WITHIN_MS);
    },
    expectNothingLost: async (evidence) => {
      await load.post(AFTER);
      expect(await load.faults()).toEqual([]);
      expect(load.atTwilio()).toBe(BEFORE + DURING + AFTER);
      await expectNoViolations({ ...evidence, acceptedMessageIds: load.acceptedIds() });
    },
  };
}

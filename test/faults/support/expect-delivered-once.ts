import { type FaultBench, type Posted } from './fault-bench';

/** Waits for the end of a message, which has to be: one attempt, one message at Twilio, delivered, and the API names that one. */
export async function expectDeliveredOnce(bench: FaultBench, posted: Posted, withinMs: number): Promise<void> {
  const { atTwilio, message } = await bench.outcomeOf(posted, withinMs);
  expect(atTwilio).toHaveLength(1);
  expect(message).toMatchObject({
    outcome: { kind: 'delivered', attempt: 1 },
    attempts: [{ number: 1, status: 'delivered', messageSid: atTwilio[0]?.messageSid }],
  });
  expect(message.attempts).toHaveLength(1);
}

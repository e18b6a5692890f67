/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  readonly messagesPerRound: number;
  readonly inFlight: number;
}

/**
 * When the receipts come after the message was accepted, in milliseconds: so late that the workflow already waits, on a
 * busy machine too. A receipt that is faster needs no timer, and workflows of different shapes would be compared.
 */
export const RECEIPTS_MS = { sent: 100, delivered: 400 } as const;

/** What was compared with what. */
export function throughputMethod({ inFlight, messagesPerRound, rounds }: Extent): readonly string[] {
  const { delivered, sent } = RECEIPTS_MS;
  return [
    `${messagesPerRound} messages a round, ${inFlight} in flight, to ${messagesPerRound} different recipients; ${rounds} rounds in turn after a warm-up. Ratios are taken round by round, the median is shown.`,
    "posthorn: its client starts the workflow; opt-out check, conversation and message through the official SDK to the simulator; the simulator's signed webhooks (message added, sent, delivered) to the API, inbox, signal; outcome in Postgres; the client has the outcome.",
    'Empty workflow: one activity on a second queue that does nothing, one condition with a time-out, one signal sent from outside; no HTTP, no Postgres.',
    'Straightforward job: the same work with an activity for each step (record message, opt-out check, conversation, participant, message, SID, outcome), a signal and a search attribute upsert for each status; same SDK, same simulator, same Postgres.',
    `The deciding signal comes ${delivered} ms after the send in all three: "sent" after ${sent} ms and "delivered" after ${delivered} ms, the empty workflow's signal ${delivered} ms after its activity. The row "at once" has both without delay, while posthorn stores the SID.`,
    "Processes: one starts messages and waits for outcomes (it also signals the empty workflow), one worker each; posthorn's API or the straightforward webhooks in another, their simulator in another. All share the cores with Temporal and Postgres, so Twilio's stand-in weighs on posthorn and the straightforward job, not on the empty workflow.",
    "posthorn's and the empty workflow's workers have the same settings, Twilio's rate limit lifted. Postgres keeps its commits safe.",
  ];
}

/** A way that was tried in vain. */
export interface FailedWay {
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
}

/** No way led to a Temporal command line; the message lists each way, why it failed and what to do. */
export class TemporalCliNotFound extends Error {
  override readonly name = 'TemporalCliNotFound';

  constructor(failedWays: readonly FailedWay[]) {
    const list = failedWays.map(
      ({ name, reason, remedy }, index) => `  ${index + 1}. ${name}: ${reason}\n     To use it: ${remedy}.`,
    );
    super(
      [
        'No Temporal server can be started here. Tried in this order:',
        ...list,
        'One of these is enough. Or set TEMPORAL_ADDRESS to use a Temporal server that already runs.',
      ].join('\n'),
    );
  }
}

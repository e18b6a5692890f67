/** Something that is measured again and again. */
export interface Contender<Measured> {
  readonly name: string;
  /** Measures once. */
  readonly run: () => Promise<Measured>;
}

/**
 * Measures every contender once in each round, A B C A B C …, so that all of them see the same changes of the machine.
 * @returns what was measured, by the contender's name, in the order of the rounds.
 */
export async function alternate<Measured>(
  contenders: readonly Contender<Measured>[],
  rounds: number,
  onMeasured: (round: number, name: string, measured: Measured) => void,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const series = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, run } of contenders) {
      const measured = await run();
      series.get(name)?.push(measured);
      onMeasured(round, name, measured);
    }
  }
  return series;
}

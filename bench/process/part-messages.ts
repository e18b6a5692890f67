/** What the benchmark sends to a part of it that runs in a process of its own. The first message carries the settings. */
export type ToPart =
  | { readonly kind: 'start'; readonly settings: unknown }
  | { readonly kind: 'ask'; readonly id: number; readonly question: unknown }
  /** Answered with the milliseconds of processor time that the part has used so far. */
  | { readonly kind: 'processorTime'; readonly id: number };

/** What a part sends back. A notice comes without having been asked for. */
export type FromPart =
  | { readonly kind: 'started'; readonly facts: unknown }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly id?: number; readonly reason: string }
  | { readonly kind: 'notice'; readonly notice: unknown };

/** What the simulator plays of TwiML. Source: https://www.twilio.com/docs/voice/twiml */
export type Verb = Prompt | Gather | Redirect | Dial | { readonly kind: 'hangup' };

/** What can be heard, by itself or within a Gather. */
export type Prompt = Say | { readonly kind: 'pause'; readonly seconds: number };

export interface Say {
  readonly kind: 'say';
  readonly text: string;
  readonly language: string | null;
  readonly loop: number;
}

/** Where TwiML goes on; null: where this document came from. */
interface Action {
  readonly action: string | null;
  readonly method: 'GET' | 'POST';
}

export interface Gather extends Action {
  readonly kind: 'gather';
  readonly prompts: readonly Prompt[];
  readonly timeoutSeconds: number;
  /** Null: as many as come. */
  readonly numDigits: number | null;
  /** '' when no key finishes it. */
  readonly finishOnKey: string;
  readonly actionOnEmptyResult: boolean;
}

export interface Redirect {
  readonly kind: 'redirect';
  readonly url: string;
  readonly method: 'GET' | 'POST';
}

/** Connects with somebody else; without an action the document goes on afterwards. */
export interface Dial {
  readonly kind: 'dial';
  readonly number: string;
  readonly action: string | null;
  readonly method: 'GET' | 'POST';
}

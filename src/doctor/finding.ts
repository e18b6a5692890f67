/** How grave: all is well, worth a look, or something will not work. */
export type FindingStatus = 'green' | 'yellow' | 'red';

/** What a check found. */
export interface Finding {
  readonly status: FindingStatus;
  /** What is so. One sentence, or one line for each problem. */
  readonly what: string;
  /** Why it matters. */
  readonly why?: string;
  /** What to do; always there unless green. */
  readonly remedy?: string;
}

/** A finding that asks for something to be done. */
type Complaint = Required<Omit<Finding, 'status'>>;

export function green(what: string, why?: string): Finding {
  return { status: 'green', what, ...(why === undefined ? {} : { why }) };
}

export function yellow(complaint: Complaint): Finding {
  return { status: 'yellow', ...complaint };
}

export function red(complaint: Complaint): Finding {
  return { status: 'red', ...complaint };
}

/** Which human step of which message a task belongs to. */
export interface TaskKey {
  readonly messageId: string;
  /** The step of the message's ladder, from 1. */
  readonly step: number;
}

const TASK_ID = /^task_([\w-]{1,96})_([1-9]\d{0,2})$/;

/** The id of a task. Derived, so that it leads to its message and back: `msg_abc`, step 2, is `task_abc_2`. */
export function taskIdFor({ messageId, step }: TaskKey): string {
  return `task_${messageId.replace(/^msg_/, '')}_${step}`;
}

/** Reads the id of a task; undefined when the text is none. */
export function parseTaskId(text: string): TaskKey | undefined {
  const [, message, step] = TASK_ID.exec(text) ?? [];
  return message === undefined || step === undefined ? undefined : { messageId: `msg_${message}`, step: Number(step) };
}

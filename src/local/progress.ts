/** Tells a person what is being done, one line at a time. */
export type Progress = (line: string) => void;

/** The object without the properties that may be undefined; those become optional instead. */
export type Compact<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out every property whose value is undefined, for types in which absent and undefined differ. */
export function compact<T extends object>(properties: T): Compact<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Compact<T>;
}

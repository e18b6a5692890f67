/** What a message is for. It decides the default policy, the priority in the task queue and which opt-outs apply. */
export const CATEGORIES = ['security', 'alert', 'notification', 'marketing'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Temporal priority keys, 1 (first) to 5: a security code never waits behind marketing. */
export const PRIORITY_BY_CATEGORY: Readonly<Record<Category, number>> = {
  security: 1,
  alert: 2,
  notification: 3,
  marketing: 5,
};

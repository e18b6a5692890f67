/** Identifiers and addresses that the simulator's tests use. The numbers are reserved for examples. */
export const ACCOUNT_SID = `AC${'a1'.repeat(16)}`;
export const API_KEY_SID = `SK${'b2'.repeat(16)}`;
export const SERVICE_SID = `IS${'c3'.repeat(16)}`;
export const AUTH_TOKEN = 'simulated-auth-token';
export const API_KEY_SECRET = 'simulated-key-secret';
export const PERSON = '+12025550100';
export const OTHER_PERSON = '+12025550101';
export const SENDER = '+12025550199';

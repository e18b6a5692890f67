import { type DatabaseFault } from './database-error';

interface Meaning {
  readonly fault: DatabaseFault;
  readonly message: string;
}

const UNAVAILABLE: Meaning = {
  fault: 'unavailable',
  message: 'the database cannot be reached: check that Postgres runs and that DATABASE_URL points at it',
};
const TOO_MANY: Meaning = {
  fault: 'unavailable',
  message: 'the database has no connection free: raise max_connections of Postgres or run fewer processes',
};
const CONTENDED: Meaning = { fault: 'contended', message: 'the statement lost against another transaction: try again' };
const TOO_SLOW: Meaning = {
  fault: 'contended',
  message: 'the statement took too long and was canceled: try again, and look at the load and locks of Postgres',
};
const LOGIN: Meaning = {
  fault: 'misconfigured',
  message: 'the database refused the login: check user, password and database in DATABASE_URL',
};
const NOT_SET_UP: Meaning = {
  fault: 'misconfigured',
  message: 'the database lacks a table or column: run "posthorn setup"',
};
const NOT_ALLOWED: Meaning = {
  fault: 'misconfigured',
  message: "the database user may not do this: give it the rights of the tables' owner",
};
const RULE_BROKEN: Meaning = { fault: 'refused', message: 'the data breaks a rule of the schema' };
const BAD_VALUE: Meaning = {
  fault: 'refused',
  message: 'Postgres cannot store a value: look for a NUL character or a number or time out of range',
};

/** Meaning of a SQLSTATE, of its class (first two characters), or of a socket's error code. The longer key wins. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '08': UNAVAILABLE,
  '57P': UNAVAILABLE,
  '25006': UNAVAILABLE,
  '53': UNAVAILABLE,
  '53300': TOO_MANY,
  '58': UNAVAILABLE,
  '40': CONTENDED,
  '55P03': TOO_SLOW,
  '57014': TOO_SLOW,
  '25P03': TOO_SLOW,
  '28': LOGIN,
  '3D': LOGIN,
  '42P01': NOT_SET_UP,
  '42703': NOT_SET_UP,
  '42883': NOT_SET_UP,
  '42501': NOT_ALLOWED,
  '23': RULE_BROKEN,
  '22': BAD_VALUE,
  ECONNREFUSED: UNAVAILABLE,
  ECONNRESET: UNAVAILABLE,
  EPIPE: UNAVAILABLE,
  ETIMEDOUT: UNAVAILABLE,
  EHOSTUNREACH: UNAVAILABLE,
  ENETUNREACH: UNAVAILABLE,
  ENOTFOUND: UNAVAILABLE,
  EAI_AGAIN: UNAVAILABLE,
};

const DEFECT: Meaning = { fault: 'defect', message: 'a statement failed in a way that posthorn does not know' };

/** What a code means, SQLSTATE or socket; a SQLSTATE that is not listed is a defect of ours. */
export function meaningOf(code: string): Meaning {
  return MEANINGS[code] ?? MEANINGS[code.slice(0, 3)] ?? MEANINGS[code.slice(0, 2)] ?? DEFECT;
}

/** Whether the code is one of a socket or resolver that stands for an unreachable database. */
export function isConnectionCode(code: string): boolean {
  return code.startsWith('E') && Object.hasOwn(MEANINGS, code);
}

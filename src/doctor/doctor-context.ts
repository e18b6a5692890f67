import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { type ConfigProblem } from '../config/config-error';
import { type CallSid } from '../domain/sid';
import { type AccountGateway } from '../twilio/account-gateway';
import { type SettingName, type Settings } from './settings';

/** A form that is posted as Twilio would. */
export interface SelfTest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  /** Signs it; undefined leaves the signature wrong. */
  readonly authToken: string | undefined;
}

/** What checks work with. What is not configured throws when it is asked for; a check names what it needs, and runs only then. */
export interface DoctorContext<Needs extends SettingName = never> {
  readonly settings: Settings & Required<Pick<Settings, Needs>>;
  readonly problems: readonly ConfigProblem[];
  readonly twilio: () => AccountGateway;
  /** Whether Twilio takes the account SID with this auth token. */
  readonly acceptsAuthToken: (authToken: string) => Promise<boolean>;
  readonly database: () => Knex;
  /** Asks Temporal something, and gives up after some seconds. @throws TemporalUnavailableError */
  readonly temporal: <T>(ask: (client: Client) => Promise<T>) => Promise<T>;
  /** @returns the HTTP status; redirects are not followed. */
  readonly postAsTwilio: (selfTest: SelfTest) => Promise<number>;
  /** Which of the calls posthorn knows as its own. */
  readonly knownCalls: (callSids: readonly CallSid[]) => Promise<ReadonlySet<string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

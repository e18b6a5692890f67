import { type Environment } from '../../src/config/environment';

/** An environment in which everything that has to be set is set well. */
export const VALID: Environment = {
  DATABASE_URL: 'postgres://user:db-secret@127.0.0.1:5432/posthorn',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  PUBLIC_BASE_URL: 'https://posthorn.example.com/',
  POSTHORN_API_KEYS: 'acme:key-of-acme,globex:key-of-globex',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_API_KEY_SID: `SK${'0'.repeat(32)}`,
  TWILIO_API_KEY_SECRET: 'secret-of-the-api-key',
  TWILIO_AUTH_TOKEN: 'old-token, new-token',
  TWILIO_CONVERSATIONS_SERVICE_SID: `IS${'0'.repeat(32)}`,
};

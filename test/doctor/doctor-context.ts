import { type DoctorContext } from '../../src/doctor/doctor-context';

/** A context in which whatever is not given fails when it is asked for. */
export function doctorContext(given: Partial<DoctorContext> = {}): DoctorContext {
  const missing = (): never => {
    throw new Error('the test gives no such part');
  };
  return {
    settings: {},
    problems: [],
    twilio: missing,
    acceptsAuthToken: missing,
    database: missing,
    temporal: missing,
    postAsTwilio: missing,
    knownCalls: missing,
    now: () => 0,
    ...given,
  };
}

import { type CallChange } from '../../actions/update-call';
import { type CallUrl } from '../../calls/call-webhook';
import { isPhoneNumber } from '../../channel-address';
import { CALL_PROGRESS_EVENTS, type CallDraft, type CallProgressEvent, type Instructions } from '../../entities/call';
import { twilioErrors } from '../../errors/twilio-errors';
import { refuseFields } from '../fields';

/** Fields that Twilio takes and the simulator does not play. */
const NOT_PLAYED = [
  'ApplicationSid',
  'FallbackUrl',
  'FallbackMethod',
  'SendDigits',
  'Record',
  'RecordingChannels',
  'RecordingStatusCallback',
  'SipAuthUsername',
  'SipAuthPassword',
  'CallerId',
  'Byoc',
  'CallToken',
];

/** Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
const LONGEST_TWIML = 4000;
const DEFAULT_RING_TIMEOUT_SECONDS = 60;
const LONGEST_RING_TIMEOUT_SECONDS = 600;
const DEFAULT_TIME_LIMIT_SECONDS = 4 * 60 * 60;
const LONGEST_TIME_LIMIT_SECONDS = 24 * 60 * 60;

/**
 * Reads the fields of a new call.
 * @param ownNumbers those that the account may call from; undefined when any may be used
 * @throws TwilioApiError that names what is missing or wrong
 */
export function readCallDraft(form: URLSearchParams, ownNumbers: readonly string[] | undefined): CallDraft {
  refuseFields(form, NOT_PLAYED);
  const instructions = readInstructions(form);
  if (instructions === undefined) {
    throw twilioErrors.callUrlInvalid();
  }
  return {
    ...readNumbers(form, ownNumbers),
    instructions,
    statusCallback: readStatusCallback(form),
    machineDetection: readMachineDetection(form),
    ringTimeoutSeconds: readSeconds(form, 'Timeout', DEFAULT_RING_TIMEOUT_SECONDS, LONGEST_RING_TIMEOUT_SECONDS),
    timeLimitSeconds: readSeconds(form, 'TimeLimit', DEFAULT_TIME_LIMIT_SECONDS, LONGEST_TIME_LIMIT_SECONDS),
  };
}

/** Reads what a call is to become. @throws TwilioApiError that names what is missing or wrong */
export function readCallChange(form: URLSearchParams): CallChange {
  refuseFields(form, ['FallbackUrl', 'FallbackMethod', 'StatusCallback', 'StatusCallbackMethod', 'TimeLimit']);
  const status = form.get('Status');
  const instructions = readInstructions(form);
  if (status === 'canceled' || status === 'completed') {
    return { status };
  }
  if (status !== null || instructions === undefined) {
    throw twilioErrors.invalidParameter('Status', 'use canceled or completed, or give Url or Twiml');
  }
  return { instructions };
}

function readNumbers(form: URLSearchParams, ownNumbers: readonly string[] | undefined): Pick<CallDraft, 'to' | 'from'> {
  const to = form.get('To') ?? '';
  const from = form.get('From') ?? '';
  if (to === '') {
    throw twilioErrors.callToMissing();
  }
  if (!isPhoneNumber(to)) {
    throw twilioErrors.callToInvalid();
  }
  if (from === '') {
    throw twilioErrors.callFromMissing();
  }
  if (!isPhoneNumber(from)) {
    throw twilioErrors.callFromInvalid();
  }
  if (ownNumbers !== undefined && !ownNumbers.includes(from)) {
    throw twilioErrors.callFromNotOurs();
  }
  return { to, from };
}

/** Twiml wins over Url, as at Twilio. */
function readInstructions(form: URLSearchParams): Instructions | undefined {
  const twiml = form.get('Twiml') ?? '';
  if (twiml.length > LONGEST_TWIML) {
    throw twilioErrors.invalidParameter('Twiml', `it has more than ${LONGEST_TWIML} characters; serve it at Url`);
  }
  if (twiml !== '') {
    return { kind: 'twiml', twiml };
  }
  const target = readUrl(form, 'Url', 'Method', twilioErrors.callUrlInvalid);
  return target === null ? undefined : { kind: 'url', ...target };
}

function readStatusCallback(form: URLSearchParams): CallDraft['statusCallback'] {
  const target = readUrl(form, 'StatusCallback', 'StatusCallbackMethod', twilioErrors.callCallbackInvalid);
  const words = form.getAll('StatusCallbackEvent').flatMap((text) => text.split(/\s+/));
  const events = words.filter((word) => word !== '').map(readProgressEvent);
  return target === null ? null : { ...target, events: events.length === 0 ? ['completed'] : events };
}

function readProgressEvent(word: string): CallProgressEvent {
  const event = CALL_PROGRESS_EVENTS.find((known) => known === word);
  if (event === undefined) {
    throw twilioErrors.invalidParameter('StatusCallbackEvent', `use ${CALL_PROGRESS_EVENTS.join(', ')}`);
  }
  return event;
}

function readMachineDetection(form: URLSearchParams): CallDraft['machineDetection'] {
  const mode = form.get('MachineDetection') ?? '';
  if (mode === '') {
    return null;
  }
  if (mode !== 'Enable' && mode !== 'DetectMessageEnd') {
    throw twilioErrors.invalidParameter('MachineDetection', 'use Enable or DetectMessageEnd');
  }
  const refusal = (): Error => twilioErrors.invalidParameter('AsyncAmdStatusCallback', 'it is no URL');
  const callback = readUrl(form, 'AsyncAmdStatusCallback', 'AsyncAmdStatusCallbackMethod', refusal);
  return { mode, isAsync: form.get('AsyncAmd') === 'true', callback };
}

function readUrl(form: URLSearchParams, urlField: string, methodField: string, refusal: () => Error): CallUrl | null {
  const url = form.get(urlField) ?? '';
  const method = form.get(methodField)?.toUpperCase() ?? 'POST';
  if (url === '') {
    return null;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw refusal();
  }
  if (method !== 'GET' && method !== 'POST') {
    throw twilioErrors.invalidParameter(methodField, 'use GET or POST');
  }
  return { url, method };
}

function readSeconds(form: URLSearchParams, field: string, fallback: number, longest: number): number {
  const text = form.get(field) ?? '';
  if (text === '') {
    return fallback;
  }
  if (!/^\d{1,6}$/.test(text) || Number(text) > longest) {
    throw twilioErrors.invalidParameter(field, `use a whole number of seconds up to ${longest}`);
  }
  return Number(text);
}

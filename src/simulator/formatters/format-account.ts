import { type Account, type Application, type ConnectApp, type OwnedNumber } from '../account/account-schema';
import { derivedSid } from '../account/derived-sid';
import { toRfc2822Date } from '../dates';

/** Where the API of 2010 has an account, without `.json`. */
export function accountPath(accountSid: string): string {
  return `/2010-04-01/Accounts/${accountSid}`;
}

function datesOf(createdAt: Date): Record<string, string> {
  return { date_created: toRfc2822Date(createdAt), date_updated: toRfc2822Date(createdAt) };
}

/** The account as the API answers it; its auth token is left out. */
export function formatAccount(accountSid: string, { status, type }: Account, createdAt: Date): Record<string, unknown> {
  const path = accountPath(accountSid);
  return {
    sid: accountSid,
    owner_account_sid: accountSid,
    friendly_name: 'Simulated account',
    auth_token: null,
    status,
    type,
    ...datesOf(createdAt),
    subresource_uris: { calls: `${path}/Calls.json`, incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json` },
    uri: `${path}.json`,
  };
}

/** A number of the account as the API answers it. */
export function formatNumber(accountSid: string, owned: OwnedNumber, createdAt: Date): Record<string, unknown> {
  const { phoneNumber, sms, mms, voice } = owned;
  const phoneNumberSid = derivedSid('PN', phoneNumber);
  return {
    sid: phoneNumberSid,
    account_sid: accountSid,
    friendly_name: phoneNumber,
    phone_number: phoneNumber,
    capabilities: { sms, mms, voice, fax: false },
    address_requirements: 'none',
    api_version: '2010-04-01',
    beta: false,
    origin: 'twilio',
    status: 'in-use',
    sms_url: '',
    sms_method: 'POST',
    voice_url: '',
    voice_method: 'POST',
    voice_application_sid: null,
    sms_application_sid: null,
    ...datesOf(createdAt),
    uri: `${accountPath(accountSid)}/IncomingPhoneNumbers/${phoneNumberSid}.json`,
  };
}

/** An application as the API answers it. */
export function formatApplication(
  accountSid: string,
  application: Application,
  createdAt: Date,
): Record<string, unknown> {
  const { applicationSid, voiceUrl, voiceMethod, statusCallback, statusCallbackMethod } = application;
  return {
    sid: applicationSid,
    account_sid: accountSid,
    friendly_name: 'Simulated application',
    api_version: '2010-04-01',
    voice_url: voiceUrl,
    voice_method: voiceMethod,
    voice_fallback_url: null,
    voice_fallback_method: 'POST',
    voice_caller_id_lookup: false,
    status_callback: statusCallback,
    status_callback_method: statusCallbackMethod,
    ...datesOf(createdAt),
    uri: `${accountPath(accountSid)}/Applications/${applicationSid}.json`,
  };
}

/** A connect app as the API answers it. */
export function formatConnectApp(accountSid: string, connectApp: ConnectApp): Record<string, unknown> {
  const { connectAppSid, friendlyName } = connectApp;
  return {
    sid: connectAppSid,
    account_sid: accountSid,
    friendly_name: friendlyName,
    authorize_redirect_url: null,
    company_name: '',
    deauthorize_callback_method: 'POST',
    deauthorize_callback_url: null,
    description: '',
    homepage_url: null,
    permissions: ['get-all'],
    uri: `${accountPath(accountSid)}/ConnectApps/${connectAppSid}.json`,
  };
}

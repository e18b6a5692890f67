import { type ParticipantDraft } from '../../actions/add-participant';
import { type ParticipantChanges } from '../../actions/update-participant';
import { channelOf, isChannelAddress } from '../../channel-address';
import { type MessagingBinding } from '../../entities/participant';
import { twilioErrors } from '../../errors/twilio-errors';
import { ATTRIBUTE_LIMITS, readAttributes, readSid, refuseFields } from '../fields';

const ADDRESS = 'MessagingBinding.Address';
const PROXY_ADDRESS = 'MessagingBinding.ProxyAddress';

/**
 * Reads the fields of a new participant.
 * @param proxyAddresses those that the account owns; undefined when any may be used
 * @throws TwilioApiError that names what is wrong with the addresses
 */
export function readParticipantDraft(
  form: URLSearchParams,
  proxyAddresses: readonly string[] | undefined,
): ParticipantDraft {
  refuseFields(form, ['MessagingBinding.ProjectedAddress', 'DateCreated', 'DateUpdated']);
  const identity = form.get('Identity');
  const address = form.get(ADDRESS);
  if ((identity === null) === (address === null)) {
    throw twilioErrors.invalidParameter('Identity', `give either Identity or ${ADDRESS}`);
  }
  return {
    identity,
    binding: address === null ? null : readBinding(address, form.get(PROXY_ADDRESS) ?? '', proxyAddresses),
    attributes: readAttributes(form, ATTRIBUTE_LIMITS.participant),
    roleSid: readSid(form, 'RoleSid', 'RL'),
  };
}

/** Reads what is to be changed of a participant. @throws TwilioApiError that names what is wrong */
export function readParticipantChanges(form: URLSearchParams): ParticipantChanges {
  refuseFields(form, [
    'DateCreated',
    'DateUpdated',
    'Identity',
    'LastReadMessageIndex',
    'LastReadTimestamp',
    PROXY_ADDRESS,
    'MessagingBinding.ProjectedAddress',
  ]);
  return {
    ...(form.has('Attributes') ? { attributes: readAttributes(form, ATTRIBUTE_LIMITS.participant) } : {}),
    ...(form.has('RoleSid') ? { roleSid: readSid(form, 'RoleSid', 'RL') } : {}),
  };
}

function readBinding(
  address: string,
  proxyAddress: string,
  proxyAddresses: readonly string[] | undefined,
): MessagingBinding {
  if (address === '') {
    throw twilioErrors.addressEmpty();
  }
  if (proxyAddress === '') {
    throw twilioErrors.proxyAddressEmpty();
  }
  if (!isChannelAddress(address)) {
    throw twilioErrors.invalidAddress();
  }
  if (!isChannelAddress(proxyAddress)) {
    throw twilioErrors.invalidProxyAddress();
  }
  if (address === proxyAddress) {
    throw twilioErrors.addressEqualsProxy();
  }
  const type = channelOf(address);
  if (type !== channelOf(proxyAddress)) {
    throw twilioErrors.addressTypesDiffer();
  }
  if (proxyAddresses !== undefined && !proxyAddresses.includes(proxyAddress)) {
    throw type === 'whatsapp' ? twilioErrors.proxyIsNoWhatsAppSender() : twilioErrors.proxyNotOurs();
  }
  return { type, address, proxyAddress };
}

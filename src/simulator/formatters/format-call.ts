import { toRfc2822Date } from '../dates';
import { type Call } from '../entities/call';

/** A call as the API answers it. */
export function formatCall(accountSid: string, call: Call): Record<string, unknown> {
  const { callSid, to, from, startedAt, endedAt, durationSeconds } = call;
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}`;
  return {
    sid: callSid,
    date_created: toRfc2822Date(call.createdAt),
    date_updated: toRfc2822Date(call.updatedAt),
    parent_call_sid: null,
    account_sid: accountSid,
    to,
    to_formatted: to,
    from,
    from_formatted: from,
    phone_number_sid: null,
    status: call.status,
    start_time: startedAt === null ? null : toRfc2822Date(startedAt),
    end_time: endedAt === null ? null : toRfc2822Date(endedAt),
    duration: durationSeconds === null ? null : String(durationSeconds),
    price: null,
    price_unit: 'USD',
    direction: 'outbound-api',
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: { events: `${uri}/Events.json`, recordings: `${uri}/Recordings.json` },
  };
}

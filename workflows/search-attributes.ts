import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * Search attributes of `deliverMessage`. They are not encrypted, so nothing personal is in them.
 * The status has no difference between sending and awaiting a receipt: each upsert costs a billable action.
 */
export const TENANT = defineSearchAttributeKey('PosthornTenant', 'KEYWORD');
export const CHANNEL = defineSearchAttributeKey('PosthornChannel', 'KEYWORD');
export const STATUS = defineSearchAttributeKey('PosthornStatus', 'KEYWORD');
export const OUTCOME = defineSearchAttributeKey('PosthornOutcome', 'KEYWORD');

export const SEARCH_ATTRIBUTES = [TENANT, CHANNEL, STATUS, OUTCOME] as const;

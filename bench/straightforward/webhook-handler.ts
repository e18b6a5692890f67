import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Knex } from 'knex';
import { type Context } from 'koa';
import getRawBody from 'raw-body';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { query } from '../../src/database/rows';
import { type StatusReport, statusSignal } from './contract';

/** Twilio waits 5 s for an answer; a receipt may come before the SID of its message is stored. Milliseconds. */
const LOOK_FOR_MS = 4_500;
const LOOK_EVERY_MS = 50;

export interface WebhookHandlerDependencies {
  readonly knex: Knex;
  readonly client: Client;
  readonly authToken: string;
  readonly publicBaseUrl: string;
}

/** Verifies, stores the receipt, finds the workflow, signals it, and then answers. */
export function webhookHandler({ authToken, client, knex, publicBaseUrl }: WebhookHandlerDependencies) {
  return async function handleWebhook(context: Context): Promise<void> {
    const fields = Object.fromEntries(new URLSearchParams((await getRawBody(context.req)).toString('utf8')));
    if (
      !validateRequest(authToken, context.get('X-Twilio-Signature'), `${publicBaseUrl}${context.originalUrl}`, fields)
    ) {
      context.status = 403;
      return;
    }
    if (fields['EventType'] === 'onDeliveryUpdated') {
      const { DeliveryReceiptSid = '', ErrorCode, MessageSid = '', Status = '' } = fields;
      await query(knex, STORE_RECEIPT, {
        receiptSid: DeliveryReceiptSid,
        status: Status,
        messageSid: MessageSid,
        errorCode: ErrorCode ?? null,
      });
      const workflowId = await findWorkflow(knex, MessageSid);
      if (workflowId !== undefined) {
        await signal(client, workflowId, { status: Status, ...(ErrorCode !== undefined && { errorCode: ErrorCode }) });
      }
    }
    context.status = 200;
  };
}

/** A workflow that has ended needs no status any more. */
async function signal(client: Client, workflowId: string, report: StatusReport): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).signal(statusSignal, report);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) {
      throw error;
    }
  }
}

/** The workflow that waits for a message; looked for again until its SID is stored. */
async function findWorkflow(knex: Knex, messageSid: string): Promise<string | undefined> {
  const giveUpAt = Date.now() + LOOK_FOR_MS;
  while (Date.now() < giveUpAt) {
    const [row] = await query<{ workflowId: string }>(knex, FIND_WORKFLOW, { messageSid });
    if (row !== undefined) {
      return row.workflowId;
    }
    await pause(LOOK_EVERY_MS);
  }
  return undefined;
}

const STORE_RECEIPT = `
  insert into straightforward.receipts (receipt_sid, status, message_sid, error_code)
  values (:receiptSid, :status, :messageSid, :errorCode)
  on conflict do nothing`;

const FIND_WORKFLOW = `
  select workflow_id as "workflowId" from straightforward.messages where message_sid = :messageSid`;

import { defineSignal } from '@temporalio/workflow';

export const STRAIGHTFORWARD_TASK_QUEUE = 'bench-straightforward';

export interface StraightforwardMessage {
  readonly to: string;
  readonly from: string;
  readonly body: string;
}

export interface StatusReport {
  readonly status: string;
  readonly errorCode?: string;
}

export const statusSignal = defineSignal<[StatusReport]>('status');

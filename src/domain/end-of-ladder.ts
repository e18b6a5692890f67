import { type UnansweredCall } from './attempt-result';
import { type ErrorClass } from './error-class';
import { type OutcomeKind } from './outcome';
import { type StepDemand } from './step-demand';

/** How a message ends that was refused and for which nothing is left to try. */
export function endOfRefusal(errorClass: ErrorClass): Extract<OutcomeKind, 'opted_out' | 'undeliverable' | 'failed'> {
  switch (errorClass) {
    case 'opt_out':
      return 'opted_out';
    case 'recipient':
    case 'message':
      return 'undeliverable';
    case 'retry':
    case 'limit':
    case 'config':
    case 'unknown':
      return 'failed';
  }
}

/** How a message ends whose last call proved nothing: was it taken, then somebody may have heard it. */
export function endOfCall(call: UnansweredCall): Extract<OutcomeKind, 'undeliverable' | 'unconfirmed'> {
  switch (call) {
    case 'voicemail':
    case 'unproved':
    case 'answered':
      return 'unconfirmed';
    case 'busy':
    case 'no_answer':
    case 'failed':
    case 'canceled':
      return 'undeliverable';
  }
}

/** When nobody took the task, what led to it is still the truth about the message. */
export function endOfTask(only: StepDemand | undefined): OutcomeKind {
  switch (only) {
    case 'person':
      return 'ambiguous';
    case 'another_text':
      return 'undeliverable';
    case undefined:
      return 'failed';
  }
}

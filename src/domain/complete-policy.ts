import { type Category } from './category';
import { type Duration, durationMs } from './duration';
import {
  DEFAULT_POLICIES,
  type EscalationStep,
  type OnOptedOutParticipant,
  type OnTimeout,
  type Policy,
  type RetryBackoff,
} from './policy';

/** A policy with gaps, as a request or the configuration gives it. */
export interface PartialPolicy {
  readonly deliveryTimeout?: Duration | undefined;
  readonly stepTimeout?: Duration | undefined;
  readonly maxAttempts?: number | undefined;
  readonly retry?: { readonly [Part in keyof RetryBackoff]?: RetryBackoff[Part] | undefined } | undefined;
  readonly onTimeout?: OnTimeout | undefined;
  readonly escalation?: readonly EscalationStep[] | undefined;
  readonly onOptedOutParticipant?: OnOptedOutParticipant | undefined;
}

/** Fills the gaps: what the request gives wins over the configured defaults, and these over the defaults of the category. */
export function completePolicy(category: Category, defaults?: PartialPolicy, given?: PartialPolicy): Policy {
  return withLayer(withLayer(DEFAULT_POLICIES[category], defaults), given);
}

function withLayer(base: Policy, layer: PartialPolicy | undefined): Policy {
  const onOptedOutParticipant = layer?.onOptedOutParticipant ?? base.onOptedOutParticipant;
  const stepTimeout = layer?.stepTimeout ?? base.stepTimeout;
  return {
    deliveryTimeout: layer?.deliveryTimeout ?? base.deliveryTimeout,
    ...(stepTimeout === undefined ? {} : { stepTimeout }),
    maxAttempts: layer?.maxAttempts ?? base.maxAttempts,
    retry: withRetryLayer(base.retry, layer?.retry),
    onTimeout: layer?.onTimeout ?? base.onTimeout,
    escalation: layer?.escalation ?? base.escalation,
    ...(onOptedOutParticipant === undefined ? {} : { onOptedOutParticipant }),
  };
}

/** An initial delay that is longer than the inherited longest one raises that: it was asked for, the other was not. */
function withRetryLayer(base: RetryBackoff, layer: PartialPolicy['retry']): RetryBackoff {
  const initialDelay = layer?.initialDelay ?? base.initialDelay;
  const isRaised = layer?.initialDelay !== undefined && durationMs(initialDelay) > durationMs(base.maxDelay);
  const maxDelay = layer?.maxDelay ?? (isRaised ? initialDelay : base.maxDelay);
  return { initialDelay, factor: layer?.factor ?? base.factor, maxDelay };
}

import { type Command, Option } from 'commander';
import { type DeadFilter } from '../database/dead-letter-store';
import { DEAD_CAUSES, type DeadCause } from '../domain/dead-letter';
import { ERROR_CLASSES, type ErrorClass } from '../domain/error-class';
import { compact } from '../twilio/compact';
import { momentArgument } from './moment-argument';

/** The options that select dead messages. */
export interface DeadSelection {
  readonly tenant?: string;
  readonly since?: string;
  readonly cause?: DeadCause;
  readonly errorClass?: ErrorClass;
}

/** Adds the options that select dead messages to a command. */
export function withDeadSelection(command: Command): Command {
  return command
    .option('--tenant <name>', 'only those of this tenant')
    .option('--since <time>', 'none accepted before it, such as 2026-01-31 or 2026-01-31T08:00:00Z', momentArgument)
    .addOption(new Option('--cause <cause>', 'only those that died of it').choices(DEAD_CAUSES))
    .addOption(new Option('--error-class <class>', 'only those with this class of error').choices(ERROR_CLASSES));
}

/** What the options select; empty for all. */
export function deadFilter({ cause, errorClass, since, tenant }: DeadSelection): DeadFilter {
  return compact({ cause, errorClass, since, tenant });
}

import { type ErrorClass } from './error-class';
import {
  ERROR_TABLE,
  type ErrorRow,
  type ErrorTrait,
  FAILURE_REASONS,
  type FailureReason,
  REMEDIES,
} from './error-table';
import { type OptOutCode } from './opt-out-code';

/** What posthorn makes of an error code. */
export interface ErrorClassification {
  readonly errorClass: ErrorClass;
  /** In words, without the code; completes the sentence "Twilio says: …". */
  readonly meaning: string;
  /** What a person does next, one sentence. */
  readonly remedy: string;
  /** The message may have gone through all the same. */
  readonly isAmbiguous: boolean;
}

/** Twilio's own page about an error code. */
export function errorPage(code: number): string {
  return `https://www.twilio.com/docs/api/errors/${code}`;
}

/** The codes that are marked so in the table. */
export function codesWith(trait: ErrorTrait): number[] {
  return Object.entries(ERROR_TABLE)
    .filter(([, row]) => row[3] === trait)
    .map(([code]) => Number(code));
}

/** Why a code fails, where a step of the ladder can be chosen by that. */
export function reasonOfCode(code: number | undefined): FailureReason | undefined {
  const trait = code === undefined ? undefined : rowOf(code)?.[3];
  return FAILURE_REASONS.find((reason) => reason === trait);
}

/**
 * Reads an error code of Twilio's API or of a receipt. Never throws: an unknown code is of class `unknown`.
 * @param optOutCodes the codes that mark an opt-out by configuration. They overrule the catalogue both ways: a code that
 * is configured is an opt-out, and one that the catalogue takes for an opt-out but is not configured concerns the recipient only.
 * Without them the catalogue's own word counts.
 */
export function classifyError(code: number | undefined, optOutCodes?: readonly OptOutCode[]): ErrorClassification {
  if (code === undefined) {
    return WITHOUT_CODE;
  }
  const row = rowOf(code);
  const classification = row === undefined ? unknownCode(code) : knownCode(row);
  return { ...classification, errorClass: overruled(classification.errorClass, code, optOutCodes) };
}

function rowOf(code: number): ErrorRow | undefined {
  return Object.hasOwn(ERROR_TABLE, code) ? ERROR_TABLE[code] : undefined;
}

const WITHOUT_CODE: ErrorClassification = {
  errorClass: 'unknown',
  meaning: 'Twilio gave no error code',
  remedy: 'Look the message up in the logs of the Twilio console by its SID.',
  isAmbiguous: false,
};

function knownCode([errorClass, meaning, remedy, trait]: ErrorRow): ErrorClassification {
  return { errorClass, meaning, remedy: REMEDIES[remedy], isAmbiguous: trait === 'ambiguous' };
}

function unknownCode(code: number): ErrorClassification {
  const page = errorPage(code);
  return {
    errorClass: 'unknown',
    meaning: `an error that posthorn does not know, see ${page}`,
    remedy: `Read ${page} and decide whether to send again.`,
    isAmbiguous: false,
  };
}

function overruled(
  catalogueClass: ErrorClass,
  code: number,
  optOutCodes: readonly OptOutCode[] | undefined,
): ErrorClass {
  if (optOutCodes === undefined) {
    return catalogueClass;
  }
  if (optOutCodes.some((optOut) => optOut.code === code)) {
    return 'opt_out';
  }
  return catalogueClass === 'opt_out' ? 'recipient' : catalogueClass;
}

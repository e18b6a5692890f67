import { z } from 'zod';
import { STEP_CONDITIONS, type StepCondition } from '../domain/step-condition';

const wrongError = {
  error: `must be one of ${STEP_CONDITIONS.join(', ')}, or a list of several; opt-outs lead to no step, but for \`blocked\``,
};
const conditionField = z.enum(STEP_CONDITIONS);

/** Which results lead to a step: one name or several. */
export const whenField = z.union([conditionField, z.array(conditionField).min(1, wrongError)], wrongError).optional();

/** `when` in the form of the domain; absent where every result will do. */
export function toWhen(when: z.output<typeof whenField>): { readonly when?: readonly StepCondition[] } {
  return when === undefined ? {} : { when: typeof when === 'string' ? [when] : when };
}

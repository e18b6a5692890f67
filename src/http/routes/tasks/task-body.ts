import { type z } from 'zod';
import { strictObject } from '../../../request/strict-object';
import { textField } from '../../../request/text-field';

/** The longest name of somebody who acts, and the longest note, in UTF-16 code units. */
const LONGEST_NAME = 200;
const LONGEST_NOTE = 1000;

const byField = filled(textField('the name of who does it', LONGEST_NAME), 'give the name of who does it');
const noteField = textField('a note', LONGEST_NOTE);

/** The body of what somebody does with a task. */
export const taskBody = strictObject('a JSON object such as {"by": "Ann"}', {
  by: byField,
  note: noteField.optional(),
});

/** The body of a note. */
export const noteBody = strictObject('a JSON object such as {"by": "Ann", "note": "nobody answers"}', {
  by: byField,
  note: filled(noteField, 'say what there is to know'),
});

function filled(field: z.ZodString, remedy: string): z.ZodString {
  return field.refine((text) => text.trim() !== '', { error: `is empty: ${remedy}` });
}

/**
 * What later steps must be, whatever happens in between, and whatever their `when` says.
 * - `another_text`: the text was refused; only a step with a text of its own, or a person.
 * - `person`: nobody knows whether Twilio took it; only a person.
 */
export type StepDemand = 'another_text' | 'person';

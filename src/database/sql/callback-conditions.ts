import { type CallbackSelection } from '../callback-store';

/** What a selection of callbacks asks for, as conditions of a statement that has the table `callbacks`. */
export function callbackConditions({ messageId, since, tenant }: CallbackSelection): string[] {
  return [
    ...(tenant === undefined ? [] : ['callbacks.tenant = :tenant']),
    ...(messageId === undefined ? [] : ['callbacks.message_id = :messageId']),
    ...(since === undefined ? [] : ['callbacks.at >= cast(:since as timestamptz)']),
  ];
}

/** The bindings of `callbackConditions`. */
export function callbackBindings({ messageId, since, tenant }: CallbackSelection): Record<string, string> {
  return {
    ...(tenant !== undefined && { tenant }),
    ...(messageId !== undefined && { messageId }),
    ...(since !== undefined && { since }),
  };
}

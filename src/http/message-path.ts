/** The links of a message, relative to the API. */
export interface MessageLinks {
  readonly self: string;
  readonly cancel: string;
  readonly acknowledge: string;
  readonly redrive: string;
}

/** Where a message is found and what can be done with it. */
export function messageLinks(messageId: string): MessageLinks {
  const self = `/v1/messages/${messageId}`;
  return { self, cancel: `${self}/cancel`, acknowledge: `${self}/acknowledge`, redrive: `${self}/redrive` };
}

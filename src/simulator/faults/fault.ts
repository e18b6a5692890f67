import { z } from 'zod';
import { countSchema, delayMsSchema } from '../delivery/delivery-script';
import { OPERATIONS, hasAddress } from './operation';

const effectSchema = z.discriminatedUnion('kind', [
  /** Answers with an error in Twilio's shape. */
  z.strictObject({
    kind: z.literal('respond'),
    status: z.int().min(400).max(599),
    /** Twilio's error code. */
    code: z.int().min(1),
    message: z.string().optional(),
    /** Sent as Retry-After. */
    retryAfterSeconds: z.int().min(0).optional(),
  }),
  /** Resets the connection. */
  z.strictObject({ kind: z.literal('reset') }),
  /** Waits, then goes on as usual. */
  z.strictObject({ kind: z.literal('slow'), delayMs: delayMsSchema }),
  /** Keeps the connection open and never answers. */
  z.strictObject({ kind: z.literal('hang') }),
]);

/** Something that goes wrong with requests. */
export const faultSchema = z
  .strictObject({
    /** `*` means each. */
    operation: z.enum([...OPERATIONS, '*']),
    /** Only requests that concern this participant address, `whatsapp:` included. */
    address: z.string().min(1).optional(),
    /** How many requests it befalls. */
    requests: countSchema,
    /** Before or after the request was carried out. After: what it asked for has happened. */
    when: z.enum(['before', 'after']),
    effect: effectSchema,
  })
  .refine(({ operation, address }) => address === undefined || operation === '*' || hasAddress(operation), {
    path: ['address'],
    message: 'requests of this operation carry no address; leave it out',
  });

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type FaultEffect = z.output<typeof effectSchema>;

/** A fault in force. */
export interface PlacedFault {
  readonly faultId: number;
  readonly fault: Fault;
  /** Requests that it is still going to befall. */
  remaining: number | 'all';
}

import { type SendRequestInput } from '../request/send-request-schema';
import { type Pairs } from './pair-argument';

/** The options of `posthorn send` that say something of the request, as commander gives them. */
export interface RequestOptions extends Pick<
  SendRequestInput,
  'from' | 'channel' | 'category' | 'sendAt' | 'expiresAt' | 'timeToLive' | 'timeZone' | 'policy' | 'callbackUrl'
> {
  readonly conversation?: string;
  readonly template?: string;
  readonly variable?: Pairs;
  readonly whatsappTemplate?: string;
  readonly whatsappVariable?: Pairs;
  readonly media?: string;
  /** Why it cannot wait. */
  readonly ignoreQuietHours?: string;
  readonly metadata?: Pairs;
}

/** The request that options stand for, without recipient and text: what is given and nothing else, as a caller over HTTP would write it. Variables are those of their template. */
export function requestOfOptions({
  conversation,
  ignoreQuietHours,
  media,
  template,
  variable,
  whatsappTemplate,
  whatsappVariable,
  ...same
}: RequestOptions): SendRequestInput {
  return {
    ...same,
    ...(conversation === undefined ? {} : { conversationSid: conversation }),
    ...(ignoreQuietHours === undefined ? {} : { ignoreQuietHours: { reason: ignoreQuietHours } }),
    ...(media === undefined ? {} : { media: [media] }),
    ...(template === undefined ? {} : { content: templateOf(template, variable) }),
    ...(whatsappTemplate === undefined ? {} : { whatsappTemplate: templateOf(whatsappTemplate, whatsappVariable) }),
  };
}

function templateOf(contentSid: string, variables: Pairs | undefined): NonNullable<SendRequestInput['content']> {
  return { sid: contentSid, ...(variables === undefined ? {} : { variables: { ...variables } }) };
}

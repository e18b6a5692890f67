import { type z } from 'zod';
import { type ContentTemplate, type MessageContent } from '../domain/send-request';
import { parseSid } from '../domain/sid';
import { limitedList } from './limited-list';
import { sidField } from './sid-field';
import { type Breach, type Fields, strictObject } from './strict-object';
import { textRecord } from './text-record';
import { textField } from './text-field';

/** Source: https://www.twilio.com/docs/api/errors/21617 */
const LONGEST_BODY = 1600;

/** Sources: https://www.twilio.com/docs/api/errors/50529, …/50540, …/50541; the number of entries is a limit of ours. */
const VARIABLE_LIMITS = { entries: 100, name: 16, value: 256, total: 20_000 };

const bodyField = textField('the text of the message', LONGEST_BODY).refine((text) => text.trim() !== '', {
  error: 'is empty: give the text of the message',
});

/** A content template with its variables. */
export const templateField = strictObject('a template such as {"sid": "HX…", "variables": {"1": "Ann"}}', {
  sid: sidField('HX', 'the SID of a content template (HX…)'),
  variables: textRecord('the variables of the template, such as {"1": "Ann"}', VARIABLE_LIMITS).optional(),
});

/** A text or a template; and what WhatsApp gets in place of a text while its window is closed. */
export const contentFields = {
  body: bodyField.optional(),
  content: templateField.optional(),
  whatsappTemplate: templateField.optional(),
};

/** Media, at most one. */
export const mediaField = limitedList(sidField('ME', 'the SID of uploaded media (ME…)'), {
  what: 'a list with one media SID (ME…)',
  limit: 1,
  tooMany: 'has more than one entry: a message carries at most one',
}).optional();

interface ContentInput {
  readonly body?: string | undefined;
  readonly content?: z.output<typeof templateField> | undefined;
  readonly whatsappTemplate?: z.output<typeof templateField> | undefined;
  readonly media?: readonly string[] | undefined;
}

/** Of text and template a step may have one, and something in place of a text only where there is one. */
export function exclusiveContentBreaches({ body, content, media, whatsappTemplate }: Fields): Breach[] {
  const hasBoth = body !== undefined && content !== undefined;
  const standsInForNothing = whatsappTemplate !== undefined && body === undefined && media === undefined;
  return [
    ...(hasBoth ? [{ path: ['content'], message: 'cannot go with body: give one of the two' }] : []),
    ...(standsInForNothing ? [{ path: ['whatsappTemplate'], message: STANDS_IN_FOR_NOTHING }] : []),
  ];
}

const STANDS_IN_FOR_NOTHING =
  'takes the place of a text on WhatsApp, and there is none: give body beside it, or the template as content';

/** A message says something: a text or a template, or media with or without a text. Twilio ignores media beside a template. */
export function contentBreaches(fields: Fields): Breach[] {
  const { body, content, media } = fields;
  const hasMedia = Array.isArray(media) ? media.length > 0 : media !== undefined;
  if (body === undefined && content === undefined && !hasMedia) {
    return [{ path: ['body'], message: 'is missing: give body, content (a template) or media' }];
  }
  const besideTemplate: Breach[] =
    content !== undefined && hasMedia
      ? [
          {
            path: ['media'],
            message: 'cannot go with content: give the media in the template, or give body in its place',
          },
        ]
      : [];
  return [...exclusiveContentBreaches(fields), ...besideTemplate];
}

/** The content in the form of the domain; undefined when the fields say nothing. */
export function toContent({ body, content, media, whatsappTemplate }: ContentInput): MessageContent | undefined {
  const mediaSid = media?.[0];
  if (body === undefined && content === undefined && mediaSid === undefined) {
    return undefined;
  }
  return {
    ...(body === undefined ? {} : { body }),
    ...(content === undefined ? {} : { template: toTemplate(content) }),
    ...(mediaSid === undefined ? {} : { mediaSid: parseSid(mediaSid, 'ME') }),
    ...(whatsappTemplate === undefined ? {} : { whatsappTemplate: toTemplate(whatsappTemplate) }),
  };
}

/** A valid template from outside in the form of the domain. */
export function toTemplate(template: z.output<typeof templateField>): ContentTemplate {
  return { contentSid: parseSid(template.sid, 'HX'), variables: template.variables ?? {} };
}

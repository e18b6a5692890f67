/** An element with its attributes and what is in it, in order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** Something that is no well-formed XML. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (XmlElement | string)[];
}

/** Prolog, comment, CDATA, end tag, start tag, text: whichever comes next. Source: https://www.w3.org/TR/xml/ */
const TOKEN =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** As much of XML as TwiML needs: no document types, no namespaces. @throws XmlError */
export function parseXml(text: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  const source = text.replace(/^\uFEFF/, '');
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const place = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      throw new XmlError(`no well-formed XML at character ${place}`);
    }
    takeToken(open, match);
  }
  const elements = root.children.filter((child) => typeof child !== 'string');
  const hasText = root.children.some((child) => typeof child === 'string' && child.trim() !== '');
  const [document] = elements;
  if (open.length > 1 || document === undefined || elements.length > 1 || hasText) {
    throw new XmlError('a document is one element, which is closed');
  }
  return document;
}

function takeToken(
  open: OpenElement[],
  [, cdata, endName, startName, attributes, slash, plain]: RegExpExecArray,
): void {
  const current = open.at(-1);
  if (endName !== undefined) {
    if (open.length < 2 || current?.name !== endName) {
      throw new XmlError(`</${endName}> closes nothing`);
    }
    open.pop();
  } else if (startName !== undefined) {
    const element: OpenElement = { name: startName, attributes: readAttributes(attributes ?? ''), children: [] };
    current?.children.push(element);
    if (slash !== '/') {
      open.push(element);
    }
  } else if (cdata !== undefined || plain !== undefined) {
    current?.children.push(cdata ?? decode(plain ?? ''));
  }
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [name, decode(double ?? single ?? '')]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const character =
      code === null
        ? ENTITIES[name]
        : String.fromCodePoint(code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16));
    if (character === undefined || !whole.endsWith(';')) {
      throw new XmlError('an & has to be written as &amp;');
    }
    return character;
  });
}

import { type Gather, type Prompt, type Verb } from './verb';
import { type XmlElement, XmlError, parseXml } from './parse-xml';

/** A document that cannot be played: Twilio's 12100 or 12200, https://www.twilio.com/docs/api/errors/12100 */
export class TwimlError extends Error {
  override readonly name = 'TwimlError';
}

/** Twilio's defaults, in seconds. */
const PAUSE_SECONDS = 1;
const GATHER_TIMEOUT_SECONDS = 5;
/** What `loop="0"` means: for as long as the call lasts, at most this often. */
const MOST_LOOPS = 1000;

/** Reads a document. @throws TwimlError that says what is wrong with it */
export function parseTwiml(text: string): Verb[] {
  const response = readDocument(text);
  if (response.name !== 'Response') {
    throw new TwimlError(`a document is a <Response>, not a <${response.name}>`);
  }
  return elementsOf(response).map(readVerb);
}

function readDocument(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw error instanceof XmlError ? new TwimlError(error.message) : error;
  }
}

function readVerb(element: XmlElement): Verb {
  const { name, attributes } = element;
  switch (name) {
    case 'Gather':
      return readGather(element);
    case 'Redirect':
      return { kind: 'redirect', url: textOf(element).trim(), method: readMethod(element) };
    case 'Dial':
      return {
        kind: 'dial',
        number: textOf(element).trim(),
        action: attributes['action'] ?? null,
        method: readMethod(element),
      };
    case 'Hangup':
      return { kind: 'hangup' };
    default:
      return readPrompt(element);
  }
}

function readPrompt(element: XmlElement): Prompt {
  if (element.name === 'Say') {
    const loop = readWhole(element, 'loop', 1);
    const language = element.attributes['language'] ?? null;
    return { kind: 'say', text: textOf(element).trim(), language, loop: loop === 0 ? MOST_LOOPS : loop };
  }
  if (element.name === 'Pause') {
    return { kind: 'pause', seconds: readWhole(element, 'length', PAUSE_SECONDS) };
  }
  throw new TwimlError(
    `the simulator does not play <${element.name}> here; it plays Say, Pause, Gather, Redirect, Dial, Hangup`,
  );
}

function readGather(element: XmlElement): Gather {
  const { attributes } = element;
  const input = attributes['input'] ?? 'dtmf';
  if (input !== 'dtmf') {
    throw new TwimlError(`the simulator has no ears: input="${input}" cannot be played, use dtmf`);
  }
  return {
    kind: 'gather',
    prompts: elementsOf(element).map(readPrompt),
    action: attributes['action'] ?? null,
    method: readMethod(element),
    timeoutSeconds: readWhole(element, 'timeout', GATHER_TIMEOUT_SECONDS),
    numDigits: attributes['numDigits'] === undefined ? null : readWhole(element, 'numDigits', 0),
    finishOnKey: attributes['finishOnKey'] ?? '#',
    actionOnEmptyResult: attributes['actionOnEmptyResult'] === 'true',
  };
}

function readMethod({ attributes }: XmlElement): 'GET' | 'POST' {
  return attributes['method']?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

function readWhole({ name, attributes }: XmlElement, attribute: string, fallback: number): number {
  const text = attributes[attribute];
  if (text === undefined) {
    return fallback;
  }
  if (!/^\d{1,5}$/.test(text)) {
    throw new TwimlError(`${attribute} of <${name}>: use a whole number`);
  }
  return Number(text);
}

function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string');
}

/** The text of an element and of those in it: `<Dial><Number>…</Number></Dial>` as well as `<Dial>…</Dial>`. */
function textOf({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

import {
  type CallScript,
  type CallScriptInput,
  type NumberScriptsInput,
  callScriptSchema,
  numberScriptsSchema,
} from '../calls/call-script';
import { type Count } from '../delivery/delivery-script';
import { type Call, type CallLine, type CallMoment, HEARD } from '../entities/call';
import { type Simulation } from '../simulation';
import { checked } from './control-error';
import { conversationRows, type TimelineRow } from './timeline-row';

/** The scripts of calls to one number. */
export interface NumberScripts {
  readonly to: string;
  readonly scripts: readonly { readonly calls: Count; readonly script: CallScript }[];
}

/** What plays a call, and is nobody else's business. */
const HIDDEN = ['script', 'teller', 'ended', 'playing', 'gathers'] as const;

/** A call as it is, with what was heard on the line. */
export type CallSnapshot = Readonly<Omit<Call, (typeof HIDDEN)[number]>> & { readonly lines: readonly CallLine[] };

/** Which calls a snapshot has; all of them when nothing is given. */
export interface CallFilter {
  readonly callSid?: string | undefined;
  readonly conversationSid?: string | undefined;
  /** E.164: whom the call is to. */
  readonly to?: string | undefined;
}

/** What a caller of the control API can do with calls. */
export interface CallControl {
  /** Sets what becomes of the next calls to a number, in place of what was set before. @throws ControlError */
  scriptCalls(scripts: NumberScriptsInput): void;
  /** Sets what becomes of calls to numbers without scripts. @throws ControlError */
  setDefaultCallScript(script: CallScriptInput): void;
  callScripts(): { readonly defaultScript: CallScript; readonly numbers: readonly NumberScripts[] };
  /** The calls, in the order of their making. */
  calls(filter?: CallFilter): CallSnapshot[];
  /** What happened in a conversation and in its calls, in one row, as the inspector shows it. @throws ControlError 404 */
  timeline(conversationSid: string): TimelineRow[];
}

/** The part of a simulation's control that is about calls. */
export function createCallControl({ callScripts, state }: Simulation): CallControl {
  return {
    scriptCalls(input) {
      const { to, scripts } = checked(numberScriptsSchema, input);
      callScripts.set(
        to,
        scripts.map(({ calls: count, script }) => ({ count, script })),
      );
    },
    setDefaultCallScript: (input) => callScripts.setDefault(checked(callScriptSchema, input)),
    callScripts: () => ({
      defaultScript: callScripts.defaultScript(),
      numbers: callScripts.list().map(({ address: to, scripts }) => ({
        to,
        scripts: scripts.map(({ count: calls, script }) => ({ calls, script })),
      })),
    }),
    calls: ({ callSid, conversationSid, to } = {}) =>
      [...state.calls.values()]
        .filter((call) => callSid === undefined || call.callSid === callSid)
        .filter((call) => conversationSid === undefined || call.conversationSid === conversationSid)
        .filter((call) => to === undefined || call.to === to)
        .map(copyCall),
    timeline: (conversationSid) => conversationRows(state, conversationSid),
  };
}

function copyCall(call: Call): CallSnapshot {
  const shown = Object.entries(call).filter(([name]) => !HIDDEN.some((hidden) => hidden === name));
  const moments = [...call.moments];
  return { ...(Object.fromEntries(shown) as Omit<CallSnapshot, 'lines'>), moments, lines: moments.filter(isLine) };
}

function isLine(moment: CallMoment): moment is CallLine {
  return HEARD.some((kind) => kind === moment.kind);
}

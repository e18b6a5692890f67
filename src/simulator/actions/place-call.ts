import { tiedConversation } from '../calls/tied-conversation';
import { addMoment, logCall } from '../calls/change-call';
import { playCall } from '../calls/play-call';
import { createTeller } from '../delivery/teller';
import { type Call, type CallDraft } from '../entities/call';
import { newSid } from '../sids';
import { type Simulation } from '../simulation';

/** Places a call. It is played by itself. @param requestedAt when it was asked for */
export function placeCall(simulation: Simulation, draft: CallDraft, requestedAt: Date): Call {
  const { state, timers, callRequests } = simulation;
  const script = simulation.callScripts.take(draft.to);
  const createdAt = new Date();
  const urls = urlsOf(draft);
  const call: Call = {
    ...draft,
    callSid: newSid('CA'),
    conversationSid: tiedConversation(state, urls),
    callbackQuery: urls.map((url) => new URL(url).search.slice(1)).find((query) => query !== '') ?? null,
    script,
    teller: createTeller(timers, callRequests, script.webhooks),
    createdAt,
    listedFromMs: createdAt.getTime() + script.listLagMs,
    moments: [],
    updatedAt: createdAt,
    status: 'queued',
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    answeredBy: null,
    sipResponseCode: null,
    nextSequenceNumber: 0,
    gathers: 0,
    ended: new AbortController(),
    playing: new AbortController(),
  };
  state.calls.set(call.callSid, call);
  const { to: address, from: proxyAddress, callbackQuery } = call;
  addMoment(call, 'placed');
  logCall(simulation, call, 'call.accepted', {
    address,
    proxyAddress,
    callbackQuery,
    requestedAt: requestedAt.toISOString(),
  });
  // Not before the answer to the request is on its way.
  timers.after(0, () => void playCall(simulation, call));
  return call;
}

/** The status callback first: its query is the most likely to say whose call it is. */
function urlsOf({ statusCallback, machineDetection, instructions }: CallDraft): string[] {
  const instructionsUrl = instructions.kind === 'url' ? instructions.url : undefined;
  return [statusCallback?.url, machineDetection?.callback?.url, instructionsUrl].filter((url) => url !== undefined);
}

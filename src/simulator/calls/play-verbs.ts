import { type Instructions } from '../entities/call';
import { newSid } from '../sids';
import { type Dial, type Verb } from '../twiml/verb';
import { waitInCall } from './call-time';
import { playGather } from './play-gather';
import { type Stage, hear, promptMs } from './stage';
import { urlFrom } from './url-from';

/** Plays one verb after the other. @returns where to go on; null at the end */
export async function playVerbs(stage: Stage, verbs: readonly Verb[]): Promise<Instructions | null> {
  for (const verb of verbs) {
    if (stage.signal.aborted) {
      return null;
    }
    const next = await playVerb(stage, verb);
    if (next === 'end') {
      return null;
    }
    if (next !== 'next') {
      return next;
    }
  }
  return null;
}

async function playVerb(stage: Stage, verb: Verb): Promise<Instructions | 'next' | 'end'> {
  switch (verb.kind) {
    case 'hangup':
      return 'end';
    case 'redirect':
      return urlFrom(stage, verb.url, verb.method);
    case 'gather':
      return (await playGather(stage, verb)) ?? 'next';
    case 'dial':
      return playDial(stage, verb);
    case 'say':
    case 'pause':
      if (verb.kind === 'say') {
        hear(stage, 'said', verb.text);
      }
      await waitInCall(stage.simulation, stage.signal, promptMs(stage, verb));
      return 'next';
  }
}

/** Whoever is dialled has no call of their own here: only its SID is told. */
async function playDial(stage: Stage, { number, action, method }: Dial): Promise<Instructions | 'next' | 'end'> {
  const { call, signal, simulation } = stage;
  const { fate, secondMs } = call.script;
  const { dialled, talkMs } = fate.kind === 'human' ? fate : { dialled: 'no-answer', talkMs: 0 };
  if (dialled === 'completed') {
    hear(stage, 'connected', number);
    if (!(await waitInCall(simulation, signal, talkMs))) {
      return 'end';
    }
  }
  if (action === null) {
    return 'next';
  }
  const talked = dialled === 'completed' ? { DialCallDuration: String(Math.ceil(talkMs / secondMs)) } : {};
  return urlFrom(stage, action, method, { DialCallStatus: dialled, DialCallSid: newSid('CA'), ...talked });
}

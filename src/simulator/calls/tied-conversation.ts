import { type SimulatorState } from '../state/simulator-state';

const CONVERSATION_SID = /^CH[0-9a-f]{32}$/i;
/** Shorter words of a query would be found in anything. */
const SHORTEST_KEY = 8;

/**
 * The conversation that a call belongs to, by what the client wrote into the query of its callback URLs: a conversation's SID, or a key
 * that is in the Attributes of a message in one of the conversations in which something happened last. Null when neither is there.
 */
export function tiedConversation(state: SimulatorState, urls: readonly string[]): string | null {
  const values = urls.flatMap((url) => [...new URL(url).searchParams.values()]);
  const named = values.find((value) => CONVERSATION_SID.test(value) && state.conversations.has(value));
  if (named !== undefined) {
    return named;
  }
  const keys = values.filter((value) => value.length >= SHORTEST_KEY);
  const found = [...state.recentConversations.values()]
    .reverse()
    .find(({ messages }) => messages.some(({ attributes }) => keys.some((key) => attributes.includes(`"${key}"`))));
  return found?.conversationSid ?? null;
}

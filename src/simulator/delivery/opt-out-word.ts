/** Twilio's default words, https://help.twilio.com/articles/223134027 */
const STOP_WORDS = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']);
const START_WORDS = new Set(['START', 'UNSTOP', 'YES']);

/** What an inbound text asks for, when it is one of the words and nothing else; null otherwise. */
export function optOutWord(body: string): 'stop' | 'start' | null {
  const word = body.trim().toUpperCase();
  if (STOP_WORDS.has(word)) {
    return 'stop';
  }
  return START_WORDS.has(word) ? 'start' : null;
}

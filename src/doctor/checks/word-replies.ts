import { defineCheck } from '../check';
import { green, yellow } from '../finding';

/** Whether two could answer the same word: Advanced Opt-Out belongs to messaging services, and Twilio lets nobody read whether it is on. */
export const wordReplies = defineCheck({
  name: 'word-replies',
  needs: ['TWILIO_MESSAGING_SERVICE_SID', 'POSTHORN_WORD_REPLIES'],
  run: ({ settings }) =>
    Object.values(settings.POSTHORN_WORD_REPLIES).some((replies) => Object.keys(replies).length > 0)
      ? yellow({
          what: 'POSTHORN_WORD_REPLIES has replies to words, and there is a messaging service.',
          why: 'With Advanced Opt-Out that service replies to its own words, and the recipient would hear twice.',
          remedy:
            'Leave POSTHORN_WORD_REPLIES out if Advanced Opt-Out is on (Twilio Console: Messaging, Services, Opt-Out Management).',
        })
      : green('posthorn itself replies to no word.'),
});

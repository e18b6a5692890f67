import { type AppContext, tenantOf } from '../app-context';
import { findStory, type StoryDependencies } from '../find-story';
import { findTraced, type FindTracedDependencies } from '../find-traced';
import { HttpProblem } from '../http-problem';
import { presentTrace } from '../presenters/story';

/** Messages of one conversation that are listed. */
const MOST_MESSAGES = 50;
/** Longer than any identifier; what is longer is not looked for. */
const LONGEST_IDENTIFIER = 200;

export interface ShowTraceDependencies extends StoryDependencies, FindTracedDependencies {}

/** GET /v1/trace/{identifier}: the messages of the tenant that it belongs to, and the story of the newest. */
export function showTrace(deps: ShowTraceDependencies) {
  return async function showTrace(context: AppContext): Promise<void> {
    const text = (context.params['identifier'] ?? '').slice(0, LONGEST_IDENTIFIER);
    const traced = await findTraced(deps, text, { tenant: tenantOf(context), limit: MOST_MESSAGES });
    if (traced.kind !== 'traced') {
      throw new HttpProblem('identifier_not_found', {
        errors: [{ field: 'identifier', message: `identifier ${traced.problem}` }],
      });
    }
    const { identifier, messages, name } = traced;
    const stories = await findStory(deps, messages[0]);
    context.body = presentTrace({ identifier: identifier.id, kind: name }, messages, stories);
  };
}

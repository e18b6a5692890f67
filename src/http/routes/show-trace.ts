import { type TraceStore } from '../../database/trace-store';
import { readIdentifier } from '../../domain/identifier';
import { describeUntraced } from '../../domain/untraced';
import { type AppContext, tenantOf } from '../app-context';
import { findStory, type StoryDependencies } from '../find-story';
import { HttpProblem } from '../http-problem';
import { presentTrace } from '../presenters/story';

/** Messages of one conversation that are listed. */
const MOST_MESSAGES = 50;
/** Longer than any identifier; what is longer is not looked for. */
const LONGEST_IDENTIFIER = 200;

export interface ShowTraceDependencies extends StoryDependencies {
  readonly traces: TraceStore;
}

/** GET /v1/trace/{identifier}: the messages of the tenant that it belongs to, and the story of the newest. */
export function showTrace(deps: ShowTraceDependencies) {
  return async function showTrace(context: AppContext): Promise<void> {
    const text = (context.params['identifier'] ?? '').slice(0, LONGEST_IDENTIFIER);
    const reading = readIdentifier(text);
    if (!reading.isTraced) {
      throw notFound(reading.problem);
    }
    const { identifier, name } = reading;
    const messages = await deps.traces.messagesOf(identifier, { tenant: tenantOf(context), limit: MOST_MESSAGES });
    const [newest] = messages;
    if (newest === undefined) {
      throw notFound(describeUntraced(identifier, name));
    }
    const stories = await findStory(deps, newest);
    context.body = presentTrace({ identifier: identifier.id, kind: name }, messages, stories);
  };
}

function notFound(problem: string): HttpProblem {
  return new HttpProblem('identifier_not_found', {
    errors: [{ field: 'identifier', message: `identifier ${problem}` }],
  });
}

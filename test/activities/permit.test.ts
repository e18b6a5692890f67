import { PERMIT_MS } from '../../activities/permit';
import { CONVERSATION, MESSAGE_SID, walk, type Walk } from './support/hand-over-fakes';

/** Sends a message while so much time passes between the question to the ledger and what follows from its answer. */
function walkSlowly(passedMs: number): Walk {
  const walking: { walk?: Walk } = {};
  const now = Date.now.bind(Date);
  jest
    .spyOn(Date, 'now')
    .mockImplementation(() => now() + (walking.walk?.calls.includes('begin') === true ? passedMs : 0));
  walking.walk = walk({ grants: [{ createId: 'create-1', conversation: CONVERSATION }], creates: [MESSAGE_SID] });
  return walking.walk;
}

afterEach(() => jest.restoreAllMocks());

it('does not post on an answer of the ledger that is older than a permit lasts', async () => {
  const { posted, result } = walkSlowly(PERMIT_MS + 1);
  await expect(result).rejects.toThrow('took too long to post the message safely');
  expect(posted).toEqual([]);
});

it('posts on one that is younger', async () => {
  const { posted, result } = walkSlowly(PERMIT_MS / 2);
  await expect(result).resolves.toMatchObject({ kind: 'handed_over' });
  expect(posted).toHaveLength(1);
});

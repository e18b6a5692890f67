import { activityInfo } from '@temporalio/activity';

/** @param tellOutside is told of the workflow that may be signalled now. */
export function createEmptyActivities(tellOutside: (workflowId: string) => void) {
  return {
    doNothing: (): Promise<void> => {
      tellOutside(activityInfo().workflowExecution?.workflowId ?? '');
      return Promise.resolve();
    },
  };
}

export type EmptyActivities = ReturnType<typeof createEmptyActivities>;

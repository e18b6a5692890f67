import { countActions, type HistoryEvent, totalActions } from '../../bench/cost/count-actions';

const localActivity = (workflowTaskCompletedEventId: number): HistoryEvent => ({
  markerRecordedEventAttributes: {
    markerName: 'core_local_activity',
    workflowTaskCompletedEventId: workflowTaskCompletedEventId as never,
  },
});

describe('countActions', () => {
  it('charges start, signal, timer, upsert and update once each', () => {
    const counts = countActions([
      { workflowExecutionStartedEventAttributes: {} },
      { workflowExecutionSignaledEventAttributes: {} },
      { workflowExecutionSignaledEventAttributes: {} },
      { timerStartedEventAttributes: {} },
      { upsertWorkflowSearchAttributesEventAttributes: {} },
      { workflowExecutionUpdateAcceptedEventAttributes: {} },
    ]);
    expect(counts).toEqual({ start: 1, signal: 2, timer: 1, 'search attribute upsert': 1, update: 1 });
    expect(totalActions(counts)).toBe(6);
  });

  it('charges every try of an activity, of which the history shows the last', () => {
    const counts = countActions([
      { activityTaskScheduledEventAttributes: {} },
      { activityTaskStartedEventAttributes: { attempt: 3 } },
      { activityTaskCompletedEventAttributes: {} },
      { activityTaskStartedEventAttributes: { attempt: 1 } },
    ]);
    expect(counts).toEqual({ 'activity try': 4 });
  });

  it('charges the local activities of one workflow task together', () => {
    expect(countActions([localActivity(4), localActivity(4), localActivity(9)])).toEqual({
      'local activities of a task': 2,
    });
  });

  it('charges nothing for workflow tasks, fired timers and the end', () => {
    const counts = countActions([
      { workflowTaskScheduledEventAttributes: {} },
      { workflowTaskStartedEventAttributes: {} },
      { workflowTaskCompletedEventAttributes: {} },
      { timerFiredEventAttributes: {} },
      { workflowExecutionCompletedEventAttributes: {} },
    ]);
    expect(totalActions(counts)).toBe(0);
  });

  it('refuses a history with something that it has no price for', () => {
    const history = [{ eventId: 5 as never, startChildWorkflowExecutionInitiatedEventAttributes: {} }];
    expect(() => countActions(history)).toThrow(/event 5 has startChildWorkflowExecutionInitiated.*add its price/);
  });
});

import { waitsIn } from '../../../bench/serverless-job/task-waits';

type Events = Parameters<typeof waitsIn>[0];

const events = (...list: ReadonlyArray<readonly [id: number, seconds: number, attributes: object]>): Events =>
  list.map(([eventId, seconds, attributes]) => ({
    eventId,
    eventTime: { seconds, nanos: 500_000_000 },
    ...attributes,
  })) as unknown as Events;

test('waitsIn() takes the longest wait of a task for its start, and counts tasks that were given to another', () => {
  const history = events(
    [1, 10, { workflowTaskScheduledEventAttributes: {} }],
    [2, 12, { workflowTaskTimedOutEventAttributes: {} }],
    [3, 12, { workflowTaskScheduledEventAttributes: {} }],
    [4, 13, { workflowTaskStartedEventAttributes: { scheduledEventId: 3 } }],
    [5, 13, { activityTaskScheduledEventAttributes: {} }],
    [6, 17, { activityTaskStartedEventAttributes: { scheduledEventId: 5, attempt: 1 } }],
    [7, 17, { activityTaskScheduledEventAttributes: {} }],
    [8, 99, { activityTaskStartedEventAttributes: { scheduledEventId: 7, attempt: 2 } }],
  );
  const lives = [{ from: 15_500, to: 20_000 }];
  expect(waitsIn(history, lives)).toEqual({ tasks: 2, longestSeconds: 4, longestAloneSeconds: 2, timedOut: 1 });
});

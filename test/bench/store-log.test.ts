import { billedActions } from '../../bench/billed-actions';
import { NO_USE, useIn } from '../../bench/store-log';

const line = (operation: string, size = 0): string =>
  `test bucket [21/November/2026:17:45:17 +0000] 127.0.0.1 test 0M69 s3_${operation} a/b /bucket/a/b?x-id=${operation} 200 - 7 ${size} 1 1 - sdk`;

describe('useIn()', () => {
  it('tells puts, lists, gets and deletes apart and adds up what was put', () => {
    const log = ['log starts', line('PutObject', 1_000), line('PutObject', 24), line('CopyObject'), line('ListObjectsV2')];
    expect(useIn([...log, line('GetObject'), line('DeleteObject'), ''].join('\n'))).toEqual({
      puts: 3,
      lists: 1,
      gets: 1,
      deletes: 1,
      bytes: 1_024,
    });
  });

  it('does not count the knocking at the door of the gateway', () => {
    expect(useIn(line('ListAllMyBuckets'))).toEqual(NO_USE);
  });
});

describe('billedActions()', () => {
  it('counts starts, timers, signals, upserts, markers and every try of an activity', () => {
    const events = [
      { workflowExecutionStartedEventAttributes: {}, timerStartedEventAttributes: null },
      { markerRecordedEventAttributes: {} },
      { upsertWorkflowSearchAttributesEventAttributes: {} },
      { timerStartedEventAttributes: {} },
      { workflowExecutionSignaledEventAttributes: {} },
      { activityTaskScheduledEventAttributes: {} },
      { activityTaskStartedEventAttributes: { attempt: 3 } },
      { activityTaskCompletedEventAttributes: {} },
      { workflowTaskCompletedEventAttributes: {} },
    ];
    expect(billedActions(events)).toBe(8);
  });
});

import { expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { compareEvents, readEvent, readEventAbout } from './read-event';

const metadata = { uid: 'u1', creationTimestamp: '2026-03-10T12:00:00Z' };

test('reads an event with its own count', () => {
  expect(
    readEvent({
      metadata,
      type: 'Warning',
      reason: 'Failed',
      message: 'It failed.',
      count: 3,
      firstTimestamp: '2026-03-10T11:00:00Z',
      lastTimestamp: '2026-03-10T12:00:00Z',
      source: { component: 'dataplane-controller' },
      reportingComponent: '',
    }),
  ).toEqual({
    uid: 'u1',
    type: 'Warning',
    reason: 'Failed',
    message: 'It failed.',
    source: 'dataplane-controller',
    count: 3,
    firstSeenAt: '2026-03-10T11:00:00Z',
    lastSeenAt: '2026-03-10T12:00:00Z',
  });
});

test('reads an event counted in a series, without times of the older API', () => {
  const event = {
    metadata,
    reason: 'Failed',
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: '2026-03-10T11:00:00.000001Z',
    series: { count: 7, lastObservedTime: '2026-03-10T12:00:00.000001Z' },
    reportingComponent: 'openchoreo.dev/controller',
  };
  expect(readEvent(event)).toMatchObject({
    type: 'Normal',
    count: 7,
    source: 'openchoreo.dev/controller',
    firstSeenAt: '2026-03-10T11:00:00.000001Z',
    lastSeenAt: '2026-03-10T12:00:00.000001Z',
  });
});

test('uses the creation time of an event without any other', () => {
  expect(readEvent({ metadata })).toMatchObject({
    count: 1,
    message: '',
    firstSeenAt: metadata.creationTimestamp,
    lastSeenAt: metadata.creationTimestamp,
  });
});

test('masks a message with a secret, and cuts an overlong one', () => {
  const message = 'cannot reach https://admin:hunter2@registry.example.com/v2';
  expect(readEvent({ metadata, message })?.message).toBe(MASK);
  expect(readEvent({ metadata, source: { component: message } })?.source).toBe(MASK);
  expect(readEvent({ metadata, message: 'x'.repeat(5000) })?.message).toHaveLength(2000);
});

test.each([[null], ['text'], [{}], [{ metadata: {} }], [{ metadata, count: 'many' }]])(
  'reads %j as no event',
  (raw) => {
    expect(readEvent(raw)).toBeNull();
  },
);

test('sorts the newest first, and events without a time last', () => {
  const at = (uid: string, lastTimestamp?: string) => {
    const event = readEvent({ metadata: { uid }, lastTimestamp });
    if (!event) throw new Error('This is an event.');
    return event;
  };
  const events = [at('old', '2026-03-10T11:00:00Z'), at('never'), at('new', '2026-03-10T12:00:00Z')];
  expect(events.toSorted(compareEvents).map(({ uid }) => uid)).toEqual(['new', 'old', 'never']);
});

test('rejects an event about another object than the requested one', () => {
  const event = { metadata, involvedObject: { uid: 'plane-1' } };
  expect(readEventAbout('plane-1', event)?.uid).toBe('u1');
  expect(() => readEventAbout('plane-2', event)).toThrow("isn't an Event about this plane");
});

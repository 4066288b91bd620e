import { describe, expect, test } from 'vitest';
import { readWatchEvent } from './watch-event';

const object = { metadata: { name: 'prod', resourceVersion: '42' } };

describe('readWatchEvent', () => {
  test.each([
    ['ADDED', 'set'],
    ['MODIFIED', 'set'],
    ['DELETED', 'delete'],
  ])('%s carries an object: %s', (type, step) => {
    expect(readWatchEvent({ type, object })).toEqual({ step, object, resourceVersion: '42' });
  });

  test('BOOKMARK moves the point of the watch and nothing else', () => {
    expect(readWatchEvent({ type: 'BOOKMARK', object })).toEqual({ step: 'bookmark', resourceVersion: '42' });
  });

  test('ERROR with code 410 asks for a new list', () => {
    expect(readWatchEvent({ type: 'ERROR', object: { kind: 'Status', code: 410 } })).toEqual({
      step: 'expired',
    });
  });

  test('any other ERROR is a failure with its status', () => {
    expect(readWatchEvent({ type: 'ERROR', object: { code: 500 } })).toEqual({ step: 'failed', status: 500 });
    expect(readWatchEvent({ type: 'ERROR', object: null })).toEqual({ step: 'failed', status: null });
  });

  test.each([
    [null],
    ['ADDED'],
    [{ object }],
    [{ type: 'ADDED', object: {} }],
    [{ type: 'ADDED', object: { metadata: { resourceVersion: 7 } } }],
    [{ type: 'RENAMED', object }],
  ])('what cannot be read is a failure and never an object: %j', (line) => {
    expect(readWatchEvent(line)).toEqual({ step: 'failed', status: null });
  });
});

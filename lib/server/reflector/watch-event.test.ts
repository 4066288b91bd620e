import { describe, expect, test } from 'vitest';
import { readWatchEvent } from './watch-event';

const kind = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane' };
const object = { ...kind, metadata: { name: 'prod', resourceVersion: '42' } };

describe('readWatchEvent', () => {
  test.each([
    ['ADDED', 'set'],
    ['MODIFIED', 'set'],
    ['DELETED', 'delete'],
  ])('reads %s as %s, with the object', (type, step) => {
    expect(readWatchEvent({ type, object }, kind)).toEqual({ step, object, resourceVersion: '42' });
  });

  test('reads BOOKMARK as a new position of the watch and nothing else', () => {
    expect(readWatchEvent({ type: 'BOOKMARK', object }, kind)).toEqual({
      step: 'bookmark',
      resourceVersion: '42',
    });
  });

  test('reads ERROR with code 410 as a request for a new list', () => {
    expect(readWatchEvent({ type: 'ERROR', object: { kind: 'Status', code: 410 } }, kind)).toEqual({
      step: 'expired',
    });
  });

  test('reads any other ERROR as a failure with its status', () => {
    expect(readWatchEvent({ type: 'ERROR', object: { code: 500 } }, kind)).toEqual({
      step: 'failed',
      status: 500,
    });
    expect(readWatchEvent({ type: 'ERROR', object: null }, kind)).toEqual({ step: 'failed', status: null });
  });

  test.each([
    [null],
    ['ADDED'],
    [{ object }],
    [{ type: 'ADDED', object: {} }],
    [{ type: 'ADDED', object: { metadata: { resourceVersion: 7 } } }],
    [{ type: 'RENAMED', object }],
  ])('reads an invalid line as a failure, never as an object: %j', (line) => {
    expect(readWatchEvent(line, kind)).toEqual({ step: 'failed', status: null });
  });

  test.each(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])(
    'reads %s about an object of another kind as a watch of something else',
    (type) => {
      for (const other of [{ kind: 'WorkflowPlane' }, { apiVersion: 'v1' }, { kind: undefined }])
        expect(readWatchEvent({ type, object: { ...object, ...other } }, kind)).toEqual({
          step: 'other-kind',
        });
    },
  );
});

import { expect, test } from 'vitest';
import { REPLACED_ANNOTATION, REPLACING_ANNOTATION } from '@/lib/plane/model/annotations';
import {
  finishedReplacements,
  type ReplacementRecord,
  recordPatch,
  unfinishedReplacements,
} from './replacement-record';

const RECORD: ReplacementRecord = {
  id: 'a1b2',
  action: 'replace',
  by: 'alice',
  at: '2026-03-10T12:00:00.000Z',
  places: [{ slot: 'x.key', namespace: 'acme', name: 'access-2', key: 'tls.key', was: 'access' }],
  before: ['AA'],
  after: ['BB'],
};

test('a record survives being written and read', () => {
  const patch = recordPatch({}, 'x.cert', { unfinished: RECORD });
  expect(Object.keys(patch)).toEqual([REPLACING_ANNOTATION]);
  const annotations = { [REPLACING_ANNOTATION]: patch[REPLACING_ANNOTATION] ?? '' };
  expect(unfinishedReplacements(annotations)).toEqual({ 'x.cert': RECORD });
  expect(finishedReplacements(annotations)).toEqual({});
});

test.each(['constructor', '__proto__', 'toString'])(
  'a slot %s, which a request may name, has no record',
  (slot) => {
    for (const annotations of [{}, { [REPLACING_ANNOTATION]: 'null' }, { [REPLACING_ANNOTATION]: '{}' }]) {
      expect(unfinishedReplacements(annotations)[slot]).toBeUndefined();
      expect(slot in unfinishedReplacements(annotations)).toBe(false);
    }
  },
);

test('a change keeps the records of other slots', () => {
  const before = { [REPLACING_ANNOTATION]: JSON.stringify({ other: RECORD }) };
  const added = recordPatch(before, 'x.cert', { unfinished: RECORD, finished: null });
  expect(JSON.parse(added[REPLACING_ANNOTATION] ?? '')).toEqual({ other: RECORD, 'x.cert': RECORD });
  expect(added[REPLACED_ANNOTATION]).toBeNull();
});

test('the last record takes the annotation with it', () => {
  const before = { [REPLACING_ANNOTATION]: JSON.stringify({ 'x.cert': RECORD }) };
  expect(recordPatch(before, 'x.cert', { unfinished: null })).toEqual({ [REPLACING_ANNOTATION]: null });
});

test.each([
  ['', {}],
  ['no JSON', {}],
  ['[]', {}],
  ['null', {}],
  ['{"x": 1, "y": {"id": "only"}}', {}],
  [JSON.stringify({ x: 1, good: RECORD }), { good: RECORD }],
  [JSON.stringify({ bad: { ...RECORD, places: [{ ...RECORD.places[0], name: '../../x' }] } }), {}],
  [JSON.stringify({ bad: { ...RECORD, places: [{ ...RECORD.places[0], was: 'a/b' }] } }), {}],
])('reads %j without failing, because anyone can write annotations', (text, expected) => {
  expect(unfinishedReplacements({ [REPLACING_ANNOTATION]: text })).toEqual(expected);
});

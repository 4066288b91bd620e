import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { installedKind } from '@/testing/plane/installed-kinds';
import { objectProblems } from './edit-problems';

const KIND = installedKind('1.2', 'DataPlane');
const BEFORE: JsonObject = { metadata: { labels: { team: 'shop' } }, spec: { planeID: 'prod' } };

/** The problems of the object with further fields at the top, in metadata and in spec. */
function problemsWith({ top = {}, metadata = {}, spec = {} }: Record<string, JsonObject>): string[] {
  const object: JsonObject = {
    ...BEFORE,
    ...top,
    metadata: { ...(BEFORE.metadata as JsonObject), ...metadata },
    spec: { ...(BEFORE.spec as JsonObject), ...spec },
  };
  return objectProblems(BEFORE, object, KIND).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const UNDEFINED = "This installation's API doesn't define it.";

test.each<[string, Record<string, JsonObject>, string]>([
  [
    'a planeID at the top level',
    { top: { planeID: 'x' } },
    `planeID: Unknown field planeID. ${UNDEFINED} It belongs in spec. Check its indentation.`,
  ],
  [
    'a misspelled planeID at the top level',
    { top: { planeId: 'x' } },
    `planeId: Unknown field planeId. ${UNDEFINED} Did you mean planeID? It belongs in spec.`,
  ],
  [
    'a misspelled planeID in the spec',
    { spec: { planeId: 'x' } },
    `spec.planeId: Unknown field planeId. ${UNDEFINED} Did you mean planeID?`,
  ],
  [
    'a group at the top level, reported once',
    { top: { clusterAgent: { clientCA: { value: 'x', secretKeyRef: {} } } } },
    `clusterAgent: Unknown field clusterAgent. ${UNDEFINED} It belongs in spec. Check its indentation.`,
  ],
  [
    'a field of a group in the spec itself',
    { spec: { clientCA: { value: 'x' } } },
    `spec.clientCA: Unknown field clientCA. ${UNDEFINED} It belongs in spec.clusterAgent. Check its indentation.`,
  ],
  [
    'a misspelled spec',
    { top: { specs: {} } },
    `specs: Unknown field specs. ${UNDEFINED} Did you mean spec?`,
  ],
  [
    'misspelled labels',
    { metadata: { lables: { a: 'b' } } },
    `metadata.lables: Unknown field metadata.lables. ${UNDEFINED} Did you mean labels?`,
  ],
  [
    'labels at the top level',
    { top: { labels: { a: 'b' } } },
    `labels: Unknown field labels. ${UNDEFINED} It belongs in metadata. Check its indentation.`,
  ],
  [
    'a no-break space as indentation',
    { top: { '\u00A0\u00A0planeID': 'x' } },
    `\u00A0\u00A0planeID: Unknown field planeID. ${UNDEFINED} It contains a no-break space (U+00A0), which isn't a space in YAML. Replace it with a normal space.`,
  ],
  [
    'a zero-width space in a name',
    { spec: { 'plane\u200BID': 'x' } },
    `spec.plane\u200BID: Unknown field planeID. ${UNDEFINED} It contains a zero-width space (U+200B). Remove it.`,
  ],
  [
    'a letter of another alphabet in a name',
    { spec: { '\u0440laneID': 'x' } },
    `spec.\u0440laneID: Unknown field \u0440laneID. ${UNDEFINED} Did you mean planeID? It contains \u0440 (U+0440), which only looks alike.`,
  ],
  [
    'an invisible letter in a name',
    { spec: { '\u3164planeID': 'x' } },
    `spec.\u3164planeID: Unknown field planeID. ${UNDEFINED} It contains an invisible character (U+3164). Remove it.`,
  ],
  ['an empty name', { top: { '': 1 } }, `: Unknown field "". ${UNDEFINED}`],
  ['something else', { spec: { zzz: 1 } }, `spec.zzz: Unknown field zzz. ${UNDEFINED}`],
  [
    'a field that the API server maintains',
    { metadata: { generation: 7 } },
    "metadata.generation: The API server manages metadata.generation. You can't change it here.",
  ],
  [
    'an object among the labels',
    { metadata: { labels: { team: 'shop', annotations: { a: 'b' } } } },
    'metadata.labels.annotations: Values of labels must be text. Check its indentation.',
  ],
])('%s is reported with a hint', (_name, changes, expected) => {
  expect(problemsWith(changes)).toEqual([expected]);
});

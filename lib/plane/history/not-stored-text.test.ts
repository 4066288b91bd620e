import { expect, test } from 'vitest';
import { notStoredText } from './not-stored-text';

const FIELDS = [
  ['metadata', 'annotations', 'openchoreo.dev/display-name'],
  ['spec', 'planeID'],
];

test.each([
  [false, 'Not stored as requested: display name and spec.planeID.'],
  [true, "Won't be stored as requested: display name and spec.planeID."],
])('names the fields (dry run: %s)', (isDryRun, expected) => {
  expect(notStoredText(FIELDS, { isDryRun })).toBe(expected);
});

import { expect, test } from 'vitest';
import { LEFT_OUT, readKubeStatus, warningTexts, withoutEchoedValues } from './kube-status';

test.each([
  ['a quoted text', 'spec.token: Invalid value: "hunter2": must be longer', 'spec.token: must be longer'],
  [
    'a quoted text with quotes and colons in it',
    'spec.token: Invalid value: "a\\": \\"b": no',
    'spec.token: no',
  ],
  [
    'an object',
    'spec.a: Invalid value: {"value":"hun}ter2","x":[1]}: give one of value, secretRef',
    'spec.a: give one of value, secretRef',
  ],
  ['a number', 'spec.port: Invalid value: 99999: must be lower', 'spec.port: must be lower'],
  [
    'several fields',
    'X "p" is invalid: [spec.a: Invalid value: "s1": no, spec.b: Unsupported value: "s2": supported values: "x", "y"]',
    'X "p" is invalid: [spec.a: no, spec.b: supported values: "x", "y"]',
  ],
  ['no reason after it', 'spec.a: Duplicate value: "s1"', 'spec.a: Duplicate value'],
  ['a value that contains a label', 'a: Invalid value: "Invalid value: \\"s\\"": no', 'a: no'],
  ['a value that never ends', 'spec.a: Invalid value: "hunter2', 'spec.a: Invalid value'],
  ['a long value', 'a: Too long: "s1": may not be more than 5 bytes', 'a: may not be more than 5 bytes'],
  [
    'no value of a long field',
    'metadata.annotations: Too long: may not be more than 262144 bytes',
    'metadata.annotations: Too long: may not be more than 262144 bytes',
  ],
  ['no value', 'spec.a: Required value: give it', 'spec.a: Required value: give it'],
])('removes a value that the API server quotes: %s', (_, message, expected) => {
  expect(withoutEchoedValues(message)).toBe(expected);
});

test('reads a status with its fields and without values', () => {
  const status = readKubeStatus({
    kind: 'Status',
    apiVersion: 'v1',
    reason: 'Invalid',
    message: 'x is invalid: spec.a: Invalid value: "s": no',
    details: {
      name: 'x',
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.a', message: 'Invalid value: "s": no' }],
    },
  });
  expect(status).toEqual({
    reason: 'Invalid',
    message: 'x is invalid: spec.a: no',
    details: {
      name: 'x',
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.a', message: 'no' }],
    },
  });
});

test.each([['a page of a proxy'], [{ message: 'not found' }], [{ kind: 'Status', message: 'no version' }]])(
  "reads nothing of what isn't a Status object: %j",
  (body) => expect(readKubeStatus(body)).toBeNull(),
);

test('leaves out texts that look like a secret', () => {
  const denied = 'admission webhook "x" denied the request: password=hunter2';
  const causes = [{ reason: 'Forbidden', message: 'not allowed' }, { message: denied }];
  expect(readKubeStatus({ kind: 'Status', apiVersion: 'v1', message: denied, details: { causes } })).toEqual({
    message: LEFT_OUT,
    details: { causes: [causes[0], { message: LEFT_OUT }] },
  });
  expect(warningTexts(`299 - "${denied.replaceAll('"', '\\"')}", 299 - "spec.token is deprecated"`)).toEqual([
    LEFT_OUT,
    'spec.token is deprecated',
  ]);
});

test('reads warnings without their quotes', () => {
  expect(warningTexts('299 - "unknown field \\"spec.x\\"", 299 - "another, with a comma"')).toEqual([
    'unknown field "spec.x"',
    'another, with a comma',
  ]);
  expect(warningTexts(undefined)).toEqual([]);
});

import { expect, test } from 'vitest';
import { KubeError } from '@/lib/server/kube/kube-error';
import { schemaProblemText } from './schema-problem';

test('names the cause, and the right that is missing', () => {
  expect(schemaProblemText(new KubeError('forbidden', 'You may not.', 403))).toBe(
    "The schemas of the plane kinds can't be read. You may not. Ask an administrator for permission to get the non-resource URL /openapi/v3/*.",
  );
});

test('names no right for another cause, and nothing without a problem', () => {
  expect(schemaProblemText(new KubeError('server-error', 'Down.', 500))).toBe(
    "The schemas of the plane kinds can't be read. Down.",
  );
  expect(schemaProblemText(null)).toBeUndefined();
});

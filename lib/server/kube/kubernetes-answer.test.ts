import { expect, test } from 'vitest';
import { z } from '@/lib/zod';
import { errorOfAnswer, parseAnswer } from './kubernetes-answer';

const status = (fields: object) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', ...fields });
const PAGE = '<html><h1>404 Not Found</h1><p>canary</p></html>';

test.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [410, 'expired'],
  [422, 'invalid'],
  [429, 'rate-limited'],
  [500, 'server-error'],
])('takes HTTP %i with a Status object as "%s"', (code, expected) => {
  const error = errorOfAnswer(code, status({ message: 'No.', reason: 'Why' }), 1000);
  expect(error).toMatchObject({
    code: expected,
    message: 'No.',
    status: code,
    reason: 'Why',
    retryAfterMs: 1000,
  });
});

test.each([
  [200, PAGE, 'bad-answer'],
  [302, '', 'bad-answer'],
  [400, PAGE, 'bad-answer'],
  [401, PAGE, 'unauthorized'],
  [403, PAGE, 'bad-answer'],
  [404, PAGE, 'bad-answer'],
  [404, '{"message":"canary"}', 'bad-answer'],
  [404, '404 page not found\n', 'not-served'],
  [404, '', 'bad-answer'],
  [410, PAGE, 'bad-answer'],
  [429, 'Too many requests, please try again later.', 'rate-limited'],
  [503, PAGE, 'server-error'],
])('takes HTTP %i with %j as "%s", and repeats none of it', (code, text, expected) => {
  const error = errorOfAnswer(code, text, null);
  expect(error).toMatchObject({ code: expected, status: code, statusObject: null });
  expect(error.message).toContain(`HTTP ${code}`);
  expect(error.message).not.toContain('canary');
  if (expected === 'bad-answer' || expected === 'not-served')
    expect(error.message).toContain('Check the server URL in the kubeconfig');
});

test("rejects JSON that the Kubernetes API doesn't answer", () => {
  const schema = z.object({ kind: z.literal('APIGroupList') });
  expect(parseAnswer(schema, { kind: 'APIGroupList' })).toEqual({ kind: 'APIGroupList' });
  expect(() => parseAnswer(schema, { hello: 'canary' })).toThrow(
    expect.objectContaining({ code: 'bad-answer', message: expect.not.stringContaining('canary') }),
  );
});

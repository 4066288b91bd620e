import { describe, expect, test } from 'vitest';
import { mayShowLeftovers, type SecretDeletion, secretText } from './secret-text';

const PENDING: SecretDeletion = { isRequested: true, isPending: true, answer: null };

describe('the Secret of a deleted plane', () => {
  test('is no leftover while it is being deleted', () => {
    expect(secretText(PENDING)).toBe('The Secret that Planeboard created for it is being deleted…');
    expect(mayShowLeftovers(PENDING)).toBe(false);
  });

  test('is a leftover if it still exists after the answer, or after the answer was lost', () => {
    const answer = { outcome: 'gone', secret: 'failed', secretProblem: 'It was kept.' } as const;
    expect(secretText({ ...PENDING, isPending: false, answer })).toBe('It was kept.');
    expect(mayShowLeftovers({ ...PENDING, isPending: false, answer })).toBe(true);
    expect(secretText({ ...PENDING, isPending: false })).toBeNull();
    expect(mayShowLeftovers({ ...PENDING, isPending: false })).toBe(true);
  });

  test('is a leftover at once if its deletion was not requested', () => {
    const kept = { isRequested: false, isPending: true, answer: null };
    expect(secretText(kept)).toBeNull();
    expect(mayShowLeftovers(kept)).toBe(true);
  });

  test('is reported as deleted', () => {
    const answer = { outcome: 'gone', secret: 'deleted' } as const;
    expect(secretText({ ...PENDING, isPending: false, answer })).toBe(
      'The Secret that Planeboard created for it was deleted too.',
    );
  });
});

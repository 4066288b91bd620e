import { expect, test } from 'vitest';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { afterRemovalText, caCheckOf, rejectedAgentText } from './ca-check';

test.each(PLANE_KINDS.map(({ kind, scope }) => [kind, scope] as const))(
  'an inline CA of %s is checked at once if the kind is namespaced, and a Secret at the next connect',
  (kind, scope) => {
    expect(caCheckOf(kind, 'inline')).toBe(scope === 'Namespaced' ? 'at-once' : 'next-connect');
    expect(caCheckOf(kind, 'secret')).toBe('next-connect');
  },
);

test('an unknown kind promises nothing about checks at once', () => {
  expect(caCheckOf('Unknown', 'inline')).toBe('next-connect');
});

test('says that open connections stay only where they do', () => {
  for (const text of [rejectedAgentText, afterRemovalText]) {
    expect(text('next-connect')).toContain('Open connections stay open');
    expect(text('at-once')).not.toContain('stay open');
  }
});

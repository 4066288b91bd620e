import { expect, test } from 'vitest';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { afterRemovalText, type CaCheck, caCheckOf, rejectedAgentText } from './ca-check';

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

const CONNECTED = { connected: true, connectedAgents: 1 };

test('says that open connections stay only where they do', () => {
  for (const text of [(check: CaCheck) => rejectedAgentText(check, { agent: CONNECTED }), afterRemovalText]) {
    expect(text('next-connect')).toContain('Open connections stay open');
    expect(text('at-once')).not.toContain('stay open');
  }
});

test('says nothing about open connections if the status reports none', () => {
  for (const check of ['at-once', 'next-connect'] as const) {
    const none = rejectedAgentText(check, { agent: { connected: false, connectedAgents: 0 } });
    expect(none).toBe('Afterwards, the gateway rejects an agent that uses the old certificate.');
    expect(rejectedAgentText(check, { agent: undefined })).toContain('open');
  }
});

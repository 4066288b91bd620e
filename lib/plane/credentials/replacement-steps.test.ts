import { expect, test } from 'vitest';
import type { AgentHandover } from './agent-handover';
import { isAsWritten, replacementSteps } from './replacement-steps';

const ADDED = { action: 'add' as const, before: ['A'], after: ['A', 'B'] };
const REMOVED = { action: 'keep-only' as const, before: ['A', 'B'], after: ['B'] };
const REPLACED = { action: 'replace' as const, before: ['A'], after: ['B'] };
const FIRST = { action: 'replace' as const, before: [], after: ['B'] };

/** Shows the steps as text: `*` is the current one, `+` is done. */
function shown(
  stored: string[],
  record: Parameters<typeof replacementSteps>[0]['record'],
  handover: AgentHandover,
) {
  const { steps, current } = replacementSteps({ stored, record, handover });
  return steps.map(({ id, done }) => `${id}${done ? '+' : ''}${id === current ? '*' : ''}`).join(' ');
}

test.each([
  ['before anything was written', ['A'], null, 'waiting', 'add* restart remove'],
  [
    'before anything was written, though an agent connected lately',
    ['A'],
    null,
    'observed',
    'add* restart remove',
  ],
  ['with both stored', ['A', 'B'], ADDED, 'waiting', 'add+ restart* remove'],
  ['with both stored by another tool', ['A', 'B'], null, 'waiting', 'add+ restart* remove'],
  ['with both connected', ['A', 'B'], ADDED, 'both', 'add+ restart* remove'],
  ['with an observed handover', ['A', 'B'], ADDED, 'observed', 'add+ restart+ remove*'],
  ['with a handover that a person reports', ['A', 'B'], ADDED, 'said', 'add+ restart* remove'],
  ['with the agent lost', ['A', 'B'], ADDED, 'lost', 'add+ restart* remove'],
  ['removed after the handover', ['B'], REMOVED, 'observed', 'add+ restart+ remove+*'],
  ['removed before the agent had come back', ['B'], REMOVED, 'lost', 'add+ restart remove+*'],
  ['removed on a person’s word', ['B'], REMOVED, 'said', 'add+ restart remove+*'],
  ['replaced alone', ['B'], REPLACED, 'lost', 'add+ restart*'],
  ['replaced alone and reconnected', ['B'], REPLACED, 'observed', 'add+ restart+*'],
  ['first certificate written', ['B'], FIRST, 'waiting', 'add+ restart*'],
  ['changed since by someone else', ['C'], REMOVED, 'observed', 'add* restart remove'],
] as const)('%s', (_, stored, record, handover, expected) => {
  expect(
    shown(
      [...stored],
      record && { ...record, before: [...record.before], after: [...record.after] },
      handover,
    ),
  ).toBe(expected);
});

test('names the first step of a certificate that is replaced alone, or is the first', () => {
  const labelOf = (record: typeof REPLACED) =>
    replacementSteps({ stored: ['B'], record, handover: 'waiting' }).steps[0]?.label;
  expect(labelOf(REPLACED)).toBe('Replace the certificate');
  expect(labelOf({ ...FIRST, before: [] })).toBe('Add the certificate');
});

test('a slot is as written only with exactly the same certificates', () => {
  expect(isAsWritten(['B'], REMOVED)).toBe(true);
  expect(isAsWritten(['B', 'C'], REMOVED)).toBe(false);
  expect(isAsWritten([], REMOVED)).toBe(false);
  expect(isAsWritten(['B'], null)).toBe(false);
});

import { expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { CHANGED_MASK, shownDifference } from './shown-difference';

const plane = (annotations: Record<string, string>, password: string) => ({
  metadata: { uid: 'u', annotations },
  spec: { auth: { password } },
  status: {},
});

test('marks what differs in a secret or in hidden data, without showing it', () => {
  const { before, after } = shownDifference(
    plane({ data: '{"a":1}', same: '[1]', note: 'old' }, 'one'),
    plane({ data: '{"a":22}', same: '[1]', note: 'new', added: '[2]' }, 'two'),
  );
  expect(before).toEqual({
    metadata: { annotations: { data: '7 bytes, not shown', same: '3 bytes, not shown', note: 'old' } },
    spec: { auth: { password: MASK } },
  });
  expect(after).toEqual({
    metadata: {
      annotations: {
        data: '8 bytes, not shown (changed)',
        same: '3 bytes, not shown',
        note: 'new',
        added: '3 bytes, not shown',
      },
    },
    spec: { auth: { password: CHANGED_MASK } },
  });
});

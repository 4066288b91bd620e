import { expect, test } from 'vitest';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { createdByText } from './created-by';

const AT = '2026-01-05T12:00:07Z';

test.each([
  [
    'whom it was registered by',
    AT,
    { [REGISTERED_BY_ANNOTATION]: 'alice' },
    'created 2026-01-05 12:00:07 UTC by alice',
  ],
  ['only when, of one that was made otherwise', AT, {}, 'created 2026-01-05 12:00:07 UTC'],
  ['only when, while nothing was read', AT, null, 'created 2026-01-05 12:00:07 UTC'],
  ['nothing, where the time is none', 'yesterday', {}, undefined],
])('tells %s', (_, createdAt, annotations, words) => {
  expect(createdByText(createdAt, annotations)).toBe(words);
});

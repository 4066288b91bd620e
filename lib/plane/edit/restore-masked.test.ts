import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import { restoreMasked } from './restore-masked';
import { CHANGED_MASK } from './shown-difference';

function restored(stored: JsonObject, patch: JsonObject) {
  return restoreMasked(patch, { raw: stored, redacted: redactObject(stored).object as JsonObject });
}

const STORED: JsonObject = {
  spec: {
    observer: { url: 'https://a.example.com', password: 'secret-1' },
    mirrors: [
      { host: 'a', password: 'secret-a' },
      { host: 'b', password: 'secret-b' },
    ],
    named: [
      { name: 'first', token: 'secret-1st' },
      { name: 'second', token: 'secret-2nd' },
    ],
    apiTokens: ['secret-x', 'secret-y'],
    twins: [
      { host: 'same', password: 'secret-l' },
      { host: 'same', password: 'secret-r' },
    ],
  },
};

describe('outside lists', () => {
  test('leaves an unchanged mask out of the patch, which keeps the secret', () => {
    expect(
      restored(STORED, { spec: { observer: { url: 'https://b.example.com', password: MASK } } }),
    ).toEqual({
      patch: { spec: { observer: { url: 'https://b.example.com' } } },
    });
    expect(restored(STORED, { spec: { observer: { password: MASK } } })).toEqual({ patch: null });
  });

  test.each<[string, JsonObject, (string | number)[]]>([
    ['in a field without a secret', { observer: { url: MASK } }, ['spec', 'observer', 'url']],
    ["in a field that doesn't exist", { added: { password: MASK } }, ['spec', 'added', 'password']],
    ['within a longer text', { observer: { password: `x ${MASK}` } }, ['spec', 'observer', 'password']],
    [
      'as the difference shows it',
      { observer: { password: CHANGED_MASK } },
      ['spec', 'observer', 'password'],
    ],
    ['in place of a whole group', { observer: MASK }, ['spec', 'observer']],
  ])('reports a problem for a mask %s', (_, spec, path) => {
    expect(restored(STORED, { spec })).toEqual({
      problems: [{ path, message: expect.any(String) as string }],
    });
  });
});

describe('in lists, which are replaced whole', () => {
  const list = (name: string, items: Json[]) => restored(STORED, { spec: { [name]: items } });
  const value = (name: string, items: Json[]) => ({ patch: { spec: { [name]: items } } });

  test('restores the secret of an unchanged item at any index', () => {
    const [a, b] = [
      { host: 'a', password: MASK },
      { host: 'b', password: MASK },
    ];
    expect(list('mirrors', [b, a])).toEqual(
      value('mirrors', [
        { host: 'b', password: 'secret-b' },
        { host: 'a', password: 'secret-a' },
      ]),
    );
    expect(list('mirrors', [b])).toEqual(value('mirrors', [{ host: 'b', password: 'secret-b' }]));
    expect(list('mirrors', [a, b, { host: 'c', password: 'new' }])).toEqual(
      value('mirrors', [
        { host: 'a', password: 'secret-a' },
        { host: 'b', password: 'secret-b' },
        { host: 'c', password: 'new' },
      ]),
    );
  });

  test('keeps the secret of an item edited in place', () => {
    expect(
      list('mirrors', [
        { host: 'a', password: MASK },
        { host: 'edited', password: MASK },
      ]),
    ).toEqual(
      value('mirrors', [
        { host: 'a', password: 'secret-a' },
        { host: 'edited', password: 'secret-b' },
      ]),
    );
  });

  test('keeps the secret of an item with a name at any index', () => {
    expect(list('named', [{ name: 'second', token: MASK, added: true }])).toEqual(
      value('named', [{ name: 'second', token: 'secret-2nd', added: true }]),
    );
  });

  test('reports a problem when one item was removed and another edited', () => {
    expect(list('mirrors', [{ host: 'edited', password: MASK }])).toEqual({
      problems: [
        {
          path: ['spec', 'mirrors', 0, 'password'],
          message: expect.stringContaining('is ambiguous') as string,
        },
      ],
    });
  });

  test('identifies items that look the same by their indexes while those are unchanged', () => {
    const twin = { host: 'same', password: MASK };
    expect(list('twins', [twin, twin])).toEqual(
      value('twins', [
        { host: 'same', password: 'secret-l' },
        { host: 'same', password: 'secret-r' },
      ]),
    );
    expect(list('twins', [twin])).toHaveProperty('problems');
    expect(list('apiTokens', [MASK, MASK])).toEqual(value('apiTokens', ['secret-x', 'secret-y']));
    expect(list('apiTokens', [MASK])).toHaveProperty('problems');
    // Ambiguous: either the first was replaced, or the second was removed and a new one added in front.
    expect(list('apiTokens', ['new', MASK])).toHaveProperty('problems');
    expect(list('apiTokens', [MASK, MASK, 'new'])).toEqual(
      value('apiTokens', ['secret-x', 'secret-y', 'new']),
    );
  });

  test('accepts a list with new secrets unchanged', () => {
    expect(list('apiTokens', ['new'])).toEqual(value('apiTokens', ['new']));
    expect(list('mirrors', [])).toEqual(value('mirrors', []));
  });
});

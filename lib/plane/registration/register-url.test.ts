import { describe, expect, it } from 'vitest';
import { parseRegisterPlace, type RegisterPlace, registerPath } from './register-url';

function parse(search: string): RegisterPlace {
  return parseRegisterPlace(new URLSearchParams(search));
}

describe('parseRegisterPlace', () => {
  it.each([
    ['', { kind: null, step: 'kind', sibling: null }],
    ['?kind=dataplanes', { kind: 'dataplanes', step: 'identity', sibling: null }],
    ['?kind=dataplanes&step=kind', { kind: 'dataplanes', step: 'kind', sibling: null }],
    ['?kind=buildplanes&step=review', { kind: 'buildplanes', step: 'review', sibling: null }],
    ['?step=services', { kind: null, step: 'services', sibling: null }],
    ['?sibling=dataplanes/acme/prod', { kind: null, step: 'identity', sibling: 'dataplanes/acme/prod' }],
  ])('reads %j', (search, place) => {
    expect(parse(search)).toEqual(place);
  });

  it.each(['?kind=pods', '?kind=__proto__', '?step=launch', '?step=connect', '?sibling='])(
    'treats unknown values as absent: %s',
    (search) => {
      expect(parse(search)).toEqual({ kind: null, step: 'kind', sibling: null });
    },
  );

  it("cuts a sibling longer than any plane's key", () => {
    expect(parse(`?sibling=${'a'.repeat(5000)}`).sibling?.length).toBe(400);
  });
});

describe('registerPath', () => {
  it.each<[Partial<RegisterPlace>, string]>([
    [{}, '/register'],
    [{ step: 'kind' }, '/register'],
    [{ kind: 'dataplanes', step: 'identity' }, '/register?kind=dataplanes'],
    [{ kind: 'dataplanes', step: 'kind' }, '/register?kind=dataplanes&step=kind'],
    [
      { kind: 'dataplanes', step: 'identity', sibling: 'dataplanes/acme/prod' },
      '/register?kind=dataplanes&sibling=dataplanes/acme/prod',
    ],
  ])('writes %j as short as possible', (place, path) => {
    expect(registerPath(place)).toBe(path);
  });

  it('round-trips through parseRegisterPlace', () => {
    const place: RegisterPlace = { kind: 'workflowplanes', step: 'services', sibling: 'dataplanes/a%20b/c' };
    expect(parse(registerPath(place).replace('/register', ''))).toEqual(place);
  });
});

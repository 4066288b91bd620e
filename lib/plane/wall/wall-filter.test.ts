import { expect, test } from 'vitest';
import { parseWallFilter, parseWallGroup, wallGroupLabel } from './wall-filter';

const of = (query: string) => new URLSearchParams(query);

test('filters come as often as they have values, in one order', () => {
  const filter = { roles: ['build', 'data'], kinds: ['DataPlane'], namespaces: ['acme'], health: ['stale'] };
  expect(
    parseWallFilter(of('role=data&kind=DataPlane&namespace=acme&health=stale&role=build&role=data&title=x')),
  ).toEqual(filter);
  expect(parseWallFilter(of('role=build&health=stale&namespace=acme&kind=DataPlane&role=data'))).toEqual(
    filter,
  );
});

test('an address without filters restricts nothing, one with a wrong value does', () => {
  expect(parseWallFilter(of('role=&theme=dark'))).toEqual({
    roles: [],
    kinds: [],
    namespaces: [],
    health: [],
  });
  expect(parseWallFilter(of(`role=everything&namespace=${'x'.repeat(900)}`))).toMatchObject({
    roles: ['everything'],
    namespaces: ['x'.repeat(900)],
  });
});

test.each([
  ['group=role', 'role', null],
  ['group=namespace', 'namespace', null],
  ['group=label:openchoreo.dev/region', 'label:openchoreo.dev/region', 'openchoreo.dev/region'],
  ['group=label:', null, null],
  ['group=annotation:x', null, null],
  ['', null, null],
])('%s', (query, group, label) => {
  expect(parseWallGroup(of(query))).toBe(group);
  expect(wallGroupLabel(parseWallGroup(of(query)))).toBe(label);
});

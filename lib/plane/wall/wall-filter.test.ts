import { expect, test } from 'vitest';
import { parseWallFilter, parseWallGroup, wallGroupLabel } from './wall-filter';

const parametersOf = (query: string) => new URLSearchParams(query);

test('collects repeated parameters in a fixed order', () => {
  const filter = {
    roles: ['build', 'data'],
    kinds: ['DataPlane'],
    namespaces: ['acme'],
    labels: ['env=prod', 'team'],
    health: ['stale'],
  };
  expect(
    parseWallFilter(
      parametersOf(
        'label=team&role=data&kind=DataPlane&namespace=acme&health=stale&role=build&role=data&label=env=prod&title=x',
      ),
    ),
  ).toEqual(filter);
  expect(
    parseWallFilter(
      parametersOf(
        'role=build&health=stale&label=env%3Dprod&namespace=acme&kind=DataPlane&role=data&label=team',
      ),
    ),
  ).toEqual(filter);
});

test("doesn't restrict without filters, and does with an unknown value", () => {
  expect(parseWallFilter(parametersOf('role=&theme=dark'))).toEqual({
    roles: [],
    kinds: [],
    namespaces: [],
    labels: [],
    health: [],
  });
  expect(parseWallFilter(parametersOf(`role=everything&namespace=${'x'.repeat(900)}`))).toMatchObject({
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
])('reads the group from "%s"', (query, group, label) => {
  expect(parseWallGroup(parametersOf(query))).toBe(group);
  expect(wallGroupLabel(parseWallGroup(parametersOf(query)))).toBe(label);
});

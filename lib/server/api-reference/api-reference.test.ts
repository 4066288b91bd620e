import { expect, test } from 'vitest';
import type { DescribedOperation } from '@/lib/api/api-reference';
import { apiReference } from './api-reference';
import { API_OPERATIONS } from './operations';

const { areas, schemas } = apiReference();
const operations = areas.flatMap((area) => area.operations);

function operationNamed(id: string): DescribedOperation {
  const found = operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found;
}

test('shows every operation once, with its paths for both scopes', () => {
  const shown = operations.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
  expect(shown.sort()).toEqual(API_OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort());
  expect(operationNamed('getPlane').paths).toEqual([
    '/api/planes/{plural}/{namespace}/{name}',
    '/api/planes/{plural}/{name}',
  ]);
});

test('has each schema that a body names', () => {
  const bodies = operations.flatMap(({ request, answers }) => [request, ...answers.map(({ body }) => body)]);
  const names = bodies.flatMap((body) => body?.schemas ?? []).flatMap(({ name }) => name ?? []);
  expect(names.length).toBeGreaterThan(30);
  const known = new Set(schemas.map(({ name }) => name));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(operationNamed('streamPlanes').answers[0]?.body?.schemas).toContainEqual({
    frame: 'changes',
    name: 'FleetChanges',
  });
});

test.each([
  ['listPlanes', `curl "$PLANEBOARD_URL/api/planes" \\\n  -H "Authorization: Bearer $PLANEBOARD_TOKEN"`],
  ['getLiveness', 'curl "$PLANEBOARD_URL/healthz"'],
  [
    'settlePlaneReplacement',
    `curl -X POST "$PLANEBOARD_URL/api/planes/dataplanes/acme/prod/replacements" \\
  -H "Authorization: Bearer $PLANEBOARD_TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{
  "slot": "clusterAgent.clientCA",
  "action": "restore"
}'`,
  ],
])('has an example of %s for a shell', (id, example) => {
  expect(operationNamed(id).example).toBe(example);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PLANE_API_VERSION, PLANE_GROUP, PLANE_VERSION } from '@/lib/plane/model/kinds';
import type { KubeAnswer } from '@/lib/server/kube/kube-client';
import { KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { CatalogReader, type CatalogState } from './catalog-reader';

const resources = [{ name: 'dataplanes', kind: 'DataPlane' }];
/** What the API server says of the version and of all groups; an error is thrown. */
let discovery: unknown;
let groups: unknown;

/** The OpenAPI document of the version. */
let openApi: unknown;
let schemaFailure: KubeError | null;
let read: CatalogState[];
let failed: KubeErrorCode[];
let catalog: CatalogReader;

beforeEach(() => {
  vi.useFakeTimers();
  read = [];
  failed = [];
  schemaFailure = null;
  openApi = openApiOf(PLANE_GROUP, { DataPlane: {} });
  discovery = { kind: 'APIResourceList', groupVersion: PLANE_API_VERSION, resources };
  const request = async ({ path }: { path: string }) => {
    if (path === `/apis/${PLANE_API_VERSION}`) return answer(discovery);
    if (path === '/apis') return answer(groups);
    return answer(schemaFailure ?? openApi);
  };
  catalog = new CatalogReader(
    { request },
    () => 0,
    (state) => read.push(state),
    (error) => failed.push(error.code),
  );
});

function openApiOf(group: string, kinds: Readonly<Record<string, object>>): object {
  const schemas = Object.entries(kinds).map(([kind, properties]) => [
    kind,
    { properties, 'x-kubernetes-group-version-kind': [{ group, version: PLANE_VERSION, kind }] },
  ]);
  return {
    paths: { [`/apis/${group}/${PLANE_VERSION}/`]: {} },
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function answer(body: unknown): KubeAnswer {
  if (body instanceof KubeError) throw body;
  return { status: 200, etag: null, warnings: [], body };
}

afterEach(() => {
  catalog.stop();
  vi.useRealTimers();
});

test.each([
  ['forbidden', 403],
  ['not-found', 404],
  ['server-error', 500],
] as const)(
  'reads the kinds and reports the schema problem when the schemas answer "%s"',
  async (code, status) => {
    schemaFailure = new KubeError(code, 'No.', status);
    catalog.readNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(failed).toEqual([]);
    expect(read).toHaveLength(1);
    expect(read[0]?.kinds?.map(({ entry, schema }) => [entry.plural, schema])).toEqual([
      ['dataplanes', undefined],
    ]);
    expect(read[0]?.schemaProblem).toMatchObject({ code });

    schemaFailure = null;
    await vi.advanceTimersByTimeAsync(1000);
    expect(read.at(-1)?.schemaProblem).toBeNull();
  },
);

test('reads less and less often while the schemas stay forbidden', async () => {
  schemaFailure = new KubeError('forbidden', 'No.', 403);
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(60_000);
  const first = read.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read.length - first).toBeLessThanOrEqual(8);
});

test('repeats the whole reading when the schemas got no answer', async () => {
  schemaFailure = new KubeError('timeout', 'Too late.');
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(failed).toEqual(['timeout']);
  expect(read).toEqual([]);
});

const NOT_SERVED = new KubeError('not-served', 'HTTP 404.', 404);
const groupList = (...versions: string[]) => ({
  kind: 'APIGroupList',
  groups: versions.map((groupVersion) => ({
    name: groupVersion.split('/')[0],
    versions: [{ groupVersion }],
  })),
});

test('reports that nothing is installed when the API server lists its groups without that of OpenChoreo', async () => {
  discovery = NOT_SERVED;
  groups = groupList('apps/v1', 'openchoreo.dev/v1');
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(failed).toEqual([]);
  expect(read.map(({ kinds }) => kinds)).toEqual([[]]);
});

test.each([
  ['the list of groups is not served either', NOT_SERVED, NOT_SERVED, 'not-served'],
  ['the list of groups is rejected', NOT_SERVED, new KubeError('forbidden', 'No.', 403), 'forbidden'],
  ['the list of groups is another JSON', NOT_SERVED, { groups: [] }, 'bad-answer'],
  ['the list of groups is empty', NOT_SERVED, groupList(), 'bad-answer'],
  ['the version is still listed', NOT_SERVED, groupList('apps/v1', PLANE_API_VERSION), 'not-served'],
  [
    'discovery is that of another group',
    {
      kind: 'APIResourceList',
      groupVersion: 'apps/v1',
      resources: [{ name: 'deployments', kind: 'Deployment' }],
    },
    groupList('apps/v1'),
    'bad-answer',
  ],
  ['discovery is a page', null, groupList('apps/v1'), 'bad-answer'],
  [
    'discovery has no resources',
    { kind: 'APIResourceList', groupVersion: PLANE_API_VERSION, resources: [] },
    groupList('apps/v1'),
    'bad-answer',
  ],
] as const)('keeps the known kinds when %s', async (_, version, allGroups, code) => {
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveLength(1);
  discovery = version;
  groups = allGroups;
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveLength(1);
  expect(failed[0]).toBe(code);
  expect(catalog.state.kinds?.map(({ entry }) => entry.plural)).toEqual(['dataplanes']);
});

test('keeps the known schemas when the OpenAPI document is that of another group', async () => {
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(catalog.schemaOf('DataPlane')).toBeDefined();
  openApi = openApiOf('apps', { Deployment: {} });
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(read.at(-1)?.schemaProblem).toMatchObject({ code: 'bad-answer' });
  expect(read.at(-1)?.kinds?.[0]?.schema).toBeDefined();
});

test('reports that a kind is gone when discovery serves the version without it', async () => {
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  const others = [{ name: 'projects', kind: 'Project' }];
  discovery = { kind: 'APIResourceList', groupVersion: PLANE_API_VERSION, resources: others };
  catalog.readNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(catalog.state.kinds).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { CatalogReader, type CatalogState } from './catalog-reader';

const resources = [{ name: 'dataplanes', kind: 'DataPlane' }];

let schemaFailure: KubeError | null;
let read: CatalogState[];
let failed: KubeErrorCode[];
let catalog: CatalogReader;

beforeEach(() => {
  vi.useFakeTimers();
  read = [];
  failed = [];
  const request = async ({ path }: { path: string }) => {
    if (path === `/apis/${PLANE_API_VERSION}`)
      return { status: 200, etag: null, warnings: [], body: { resources } };
    if (schemaFailure) throw schemaFailure;
    return { status: 200, etag: null, warnings: [], body: { components: { schemas: {} } } };
  };
  catalog = new CatalogReader(
    { request },
    () => 0,
    (state) => read.push(state),
    (error) => failed.push(error.code),
  );
});
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

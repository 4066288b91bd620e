import { collectionOf } from '@/demo/controllers/plane-object';
import { PLANE_SUBRESOURCES } from '@/lib/plane/model/plane-path';
import { until } from '@/testing/server/test-runtime';
import type { MatrixPerson } from './matrix-person';
import { HIDDEN_ANNOTATION, identityOf, type MatrixPlane, type MatrixWorld, TYPED } from './matrix-world';
import type { Ask, MatrixRow, RouteCheck } from './route-matrix';

type Part = 'itself' | (typeof PLANE_SUBRESOURCES)[number];
type Place = Omit<MatrixPlane, 'marks'>;

const ABSENT = 'absent';
const SLOT = 'clusterAgent.clientCA';

/** Where planes could be. `buildplanes` aren't served, and of `missing` one sort has the right to get it. */
const ABSENT_PLACES: readonly Place[] = [
  { kind: 'DataPlane', namespace: 'acme', name: ABSENT } as const,
  { kind: 'DataPlane', namespace: 'beta', name: ABSENT } as const,
  { kind: 'DataPlane', namespace: 'gamma', name: ABSENT } as const,
  { kind: 'WorkflowPlane', namespace: 'acme', name: ABSENT } as const,
  { kind: 'ObservabilityPlane', namespace: 'gamma', name: ABSENT } as const,
  { kind: 'BuildPlane', namespace: 'acme', name: ABSENT } as const,
  { kind: 'ClusterDataPlane', name: ABSENT } as const,
  { kind: 'ClusterObservabilityPlane', name: ABSENT } as const,
  { kind: 'ClusterDataPlane', name: 'missing' } as const,
].map((place) => ({ ...identityOf(place), secret: null }));

/** Enough for writes, which begin by reading the plane. */
const SOME_ABSENT = ABSENT_PLACES.filter(({ plural }) => plural.endsWith('dataplanes'));

/** Returns what a read of a part is answered with, given what a GET of the plane is. */
const READS: Readonly<Record<Part, (got: number, place: Place, person: MatrixPerson) => number>> = {
  itself: (got) => got,
  annotations: (got) => got,
  related: (got) => got,
  events: (got) => got,
  replacements: (got) => got,
  // Kept by Planeboard, for everyone who sees the plane in a list.
  history: (got, { key }, { readable }) => (readable.has(key) ? 200 : got),
  refresh: () => 405,
  credentials: () => 405,
};

const readUrl = ({ key }: Place, part: Part) => {
  if (part === 'itself') return `/api/planes/${key}`;
  return `/api/planes/${key}/${part}${part === 'annotations' ? `?name=${HIDDEN_ANNOTATION}` : ''}`;
};

/** A hidden plane must look like one that doesn't exist. */
const like = (text: string, { name }: Place) => text.replaceAll(name, ABSENT);

export const readPlaneParts: RouteCheck = async (ask, person, { planes }) => {
  const rows: MatrixRow[] = [];
  const absent = new Map<string, string>();
  for (const place of [...ABSENT_PLACES, ...planes]) {
    const got = await person.direct.status(place.path);
    const read = async (part: Part): Promise<MatrixRow[]> => {
      const call = readUrl(place, part);
      const { status, text } = await ask(call);
      const row = { call, told: status, expected: READS[part](got, place, person) };
      const sameKind = `${place.plural}/${place.namespace} ${part}`;
      if (place.name === ABSENT) absent.set(sameKind, text);
      if (place.name === ABSENT || person.readable.has(place.key) || got !== 403) return [row];
      return [row, { call: `hidden ${call}`, told: like(text, place), expected: absent.get(sameKind) }];
    };
    rows.push(...(await Promise.all((['itself', ...PLANE_SUBRESOURCES] as const).map(read))).flat());
  }
  return rows;
};

export const headPlaneParts: RouteCheck = (ask, { direct }, { planes }) => {
  const urls = [...SOME_ABSENT, ...planes].flatMap(({ key, path }) =>
    ['', '/events'].map((part) => ({ url: `/api/planes/${key}${part}`, path })),
  );
  return rowsOf(urls, async ({ url, path }) => ({
    call: url,
    told: (await ask(url)).status,
    expected: await direct.status(path),
  }));
};

export const editPlanes: RouteCheck = (ask, { direct }, { planes, bare }) =>
  rowsOf([...SOME_ABSENT, ...planes], async (place) => {
    const changes = { labels: { matrix: 'edited' } };
    const live = await bare.controlPlane.client.find(place.path);
    const resourceVersion = live?.metadata.resourceVersion ?? '1';
    const url = `/api/planes/${place.key}`;
    return {
      call: url,
      told: (await ask(url, { body: { resourceVersion, dryRun: true, changes } })).status,
      expected: await firstRefusal(
        () => direct.status(place.path),
        () => direct.dryRun('PATCH', place.path, { metadata: changes }),
      ),
    };
  });

export const writePlaneParts: RouteCheck = async (ask, person, world) => [
  ...(await rowsOf([...SOME_ABSENT, ...world.planes], (place) => refresh(ask, person, place))),
  ...(await rowsOf([...SOME_ABSENT, ...world.planes], (place) => replace(ask, person, place, world))),
  ...(await rowsOf([...SOME_ABSENT, ...world.planes], (place) => settle(ask, person, place))),
];

async function refresh(ask: Ask, { direct }: MatrixPerson, { key, path }: Place): Promise<MatrixRow> {
  const url = `/api/planes/${key}/refresh`;
  const told = (await ask(url)).status;
  const patch = { metadata: { annotations: { matrix: 'refreshed' } } };
  return { call: url, told, expected: await direct.dryRun('PATCH', path, patch) };
}

async function replace(
  ask: Ask,
  { direct }: MatrixPerson,
  { key, path, secret }: Place,
  { caPem, canaries }: MatrixWorld,
): Promise<MatrixRow> {
  const url = `/api/planes/${key}/credentials`;
  const body = { slot: SLOT, action: 'replace', text: caPem, dryRun: true };
  const told = (await ask(url, { body })).status;
  // A mistyped credential must not come back with the error.
  if (key === 'dataplanes/acme/prod') await ask(url, { body: { ...body, text: canaries.get(TYPED) } });
  const inSecret = secret && `/api/v1/namespaces/${secret.namespace}/secrets/${secret.name}`;
  const spec = { clusterAgent: { clientCA: { value: caPem } } };
  const expected = await firstRefusal(
    () => direct.status(path),
    ...(inSecret
      ? [() => direct.status(inSecret), () => direct.dryRun('PATCH', inSecret, { metadata: {} })]
      : []),
    () => direct.dryRun('PATCH', path, inSecret ? { metadata: {} } : { spec }),
  );
  return { call: url, told, expected };
}

/** No replacement was begun, so all that is left is whether the plane can be read. */
async function settle(ask: Ask, { direct }: MatrixPerson, { key, path }: Place): Promise<MatrixRow> {
  const url = `/api/planes/${key}/replacements`;
  const told = (await ask(url, { body: { slot: SLOT, action: 'finish' } })).status;
  const got = await direct.status(path);
  return { call: url, told, expected: got === 200 ? 409 : got };
}

/** Deletes a plane of its own in each place, after the API server was asked whether it would delete it. */
export const deletePlanes: RouteCheck = async (ask, { direct }, { bare, runtime }) => {
  const { client } = bare.controlPlane;
  const countPlanes = () => [...runtime.engine.planes()].length;
  const before = countPlanes();
  const rows: MatrixRow[] = [];
  for (const place of SOME_ABSENT) {
    const url = `/api/planes/${place.key}`;
    const missing = await ask(url, { body: { confirm: place.name, uid: 'x' } });
    rows.push({ call: `missing ${url}`, told: missing.status, expected: await direct.status(place.path) });
  }
  const kinds = [
    { kind: 'DataPlane', namespace: 'acme', name: 'doomed' } as const,
    { kind: 'DataPlane', namespace: 'gamma', name: 'doomed' } as const,
    { kind: 'ClusterDataPlane', name: 'doomed' } as const,
  ];
  for (const { kind, ...place } of kinds) {
    const { path, key } = identityOf({ kind, ...place });
    const apiVersion = 'openchoreo.dev/v1alpha1';
    const spec = { planeID: 'doomed', clusterAgent: { clientCA: { value: 'none' } } };
    const { metadata } = await client.post(
      collectionOf(kind, 'namespace' in place ? place.namespace : undefined),
      {
        apiVersion,
        kind,
        metadata: place,
        spec,
      },
    );
    const expected = await firstRefusal(
      () => direct.status(path),
      () => direct.dryRun('DELETE', path),
    );
    const { status } = await ask(`/api/planes/${key}`, { body: { confirm: 'doomed', uid: metadata.uid } });
    rows.push({ call: `existing /api/planes/${key}`, told: status, expected });
    if (await client.find(path)) await client.delete(path);
  }
  await until(runtime, () => countPlanes() === before);
  return rows;
};

/** Returns the first status that isn't a success, in the order in which a write needs its rights; else 200. */
export async function firstRefusal(...steps: readonly (() => Promise<number>)[]): Promise<number> {
  for (const step of steps) {
    const status = await step();
    if (status >= 300) return status;
  }
  return 200;
}

/** Returns the rows of items that don't depend on each other. */
export function rowsOf<T>(items: readonly T[], row: (item: T) => Promise<MatrixRow>): Promise<MatrixRow[]> {
  return Promise.all(items.map(row));
}

import { caAccessSchema } from '@/lib/api/ca-access';
import { catalogSchema } from '@/lib/api/catalog';
import { certificateListSchema } from '@/lib/api/certificate-list';
import { fleetSnapshotSchema } from '@/lib/api/fleet';
import { wallFrameSchema } from '@/lib/api/wall';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { MatrixPerson } from './matrix-person';
import { CA_SECRETS } from './matrix-world';
import { firstRefusal } from './plane-checks';
import type { MatrixRow, RouteCheck } from './route-matrix';

const readableOf = ({ readable }: MatrixPerson) => [...readable].toSorted();

/** Returns the sorted keys of planes, such as `dataplanes/acme/prod`. */
export const keysIn = (planes: readonly { kind: string; namespace?: string | undefined; name: string }[]) =>
  planes
    .map(({ kind, ...plane }) => planeKey({ ...plane, plural: kindOfName(kind)?.plural ?? kind }))
    .toSorted();

export const listPlanes: RouteCheck = async (ask, person) => {
  const { planes } = fleetSnapshotSchema.parse(JSON.parse((await ask('/api/planes')).text));
  return [{ call: '/api/planes', told: keysIn(planes), expected: readableOf(person) }];
};

/** The other formats have the same planes in another form, which the marks of planes are looked for in. */
export const streamPlanes: RouteCheck = async (ask, person) => {
  const { text } = await ask('/api/planes/stream');
  const rows: MatrixRow[] = [
    {
      call: '/api/planes/stream',
      told: keysIn(fleetSnapshotSchema.parse(JSON.parse(text)).planes),
      expected: readableOf(person),
    },
  ];
  for (const query of ['format=columns', 'heartbeats=compact', 'once=true', 'since=other:1']) {
    const { status, text: other } = await ask(`/api/planes/stream?${query}`);
    const found = person.readable.size === 0 || /uid|planes/.test(other);
    rows.push({ call: `/api/planes/stream?${query}`, told: [status, found], expected: [200, true] });
  }
  return rows;
};

export const previewWall: RouteCheck = async (ask, person) => {
  const queries = ['', '?namespace=gamma', '?role=data'];
  const rows = await Promise.all(
    queries.map(async (query): Promise<MatrixRow> => {
      const { planes } = wallFrameSchema.parse(JSON.parse((await ask(`/api/wall-preview${query}`)).text));
      const expected = readableOf(person).filter(
        (key) =>
          query === '' || (query.includes('gamma') ? key.includes('/gamma/') : key.includes('dataplanes/')),
      );
      return { call: `/api/wall-preview${query}`, told: keysIn(planes), expected };
    }),
  );
  return rows;
};

/** The kinds are those of the API server's discovery, which everyone who signs in may read. */
export const readCatalog: RouteCheck = async (ask, { direct }) => {
  const { kinds } = catalogSchema.parse(JSON.parse((await ask('/api/catalog')).text));
  const { body } = await direct.ask('GET', '/apis/openchoreo.dev/v1alpha1');
  const served = (body as { resources: { name: string }[] }).resources.map(({ name }) => name);
  const told = kinds.map(({ plural }) => plural).toSorted();
  return [{ call: '/api/catalog', told, expected: told.filter((plural) => served.includes(plural)) }];
};

export const readCaAccess: RouteCheck = async (ask, { readable }, { planes }) => {
  const { secrets, planes: count } = caAccessSchema.parse(JSON.parse((await ask('/api/ca-access')).text));
  const expected = planes.flatMap(({ key, secret }) => (secret && readable.has(key) ? [secret] : []));
  const ofThese = CA_SECRETS.filter((secret) => expected.includes(secret));
  return [{ call: '/api/ca-access', told: [count, secrets], expected: [expected.length, ofThese] }];
};

/** Every plane of the matrix has a certificate, so those that are told are those that the person may read. */
export const listCertificates: RouteCheck = async (ask, { readable }, { planes }) => {
  const { places } = certificateListSchema.parse(JSON.parse((await ask('/api/certificates')).text));
  const told = new Set(places.map(({ uid }) => uid)).size;
  const expected = planes.flatMap(({ key, secret }) => (secret && readable.has(key) ? [secret] : []));
  return [
    {
      call: '/api/certificates',
      told: [told, secretNames(places.flatMap(({ secret }) => secret ?? []))],
      expected: [readable.size, secretNames(expected)],
    },
  ];
};

function secretNames(secrets: readonly { readonly namespace: string; readonly name: string }[]): string[] {
  return [...new Set(secrets.map(({ namespace, name }) => `${namespace}/${name}`))].toSorted();
}

export const readMetrics: RouteCheck = async (ask, { direct }) => [
  {
    call: '/metrics',
    told: (await ask('/metrics')).status,
    expected: await direct.status('/metrics'),
  },
];

/** A certificate in a Secret is inspected if the API server answers with that Secret. */
export const inspectSecrets: RouteCheck = async (ask, { direct }) => {
  const rows: MatrixRow[] = [];
  for (const { namespace, name } of CA_SECRETS) {
    const secret = { namespace, name, key: 'ca.crt' };
    const body = { purpose: 'agent-ca', certificate: { secret } };
    const { text } = await ask('/api/certificates/inspect', { body });
    const { certificates } = JSON.parse(text) as { certificates?: unknown[] };
    const got = await firstRefusal(() => direct.status(`/api/v1/namespaces/${namespace}/secrets/${name}`));
    rows.push({
      call: `/api/certificates/inspect ${namespace}/${name}`,
      told: certificates?.length ?? 0,
      expected: got === 200 ? 1 : 0,
    });
  }
  return rows;
};

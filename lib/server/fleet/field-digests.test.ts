import { beforeEach, describe, expect, test } from 'vitest';
import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfName, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { CURRENT } from '@/testing/plane/diagnosis-fixture';
import { FieldDigests } from './field-digests';

const UID = 'uid-1';
let digests: FieldDigests;
let version: number;
beforeEach(() => {
  digests = new FieldDigests();
  version = 0;
});

/** Builds a `fieldsV1` from dotted paths; the last part may contain no dots. */
function fieldsV1(paths: readonly (readonly string[])[]): object {
  const root: Record<string, unknown> = {};
  for (const path of paths) {
    let node = root;
    for (const name of path) {
      node[`f:${name}`] ??= {};
      node = node[`f:${name}`] as Record<string, unknown>;
    }
  }
  return root;
}

interface Entry {
  readonly manager: string;
  readonly second: number;
  readonly paths: readonly (readonly string[])[];
  readonly subresource?: string;
}

/** Returns a stored resource as the API server serves it. */
function stored(
  { spec = {}, labels = {}, annotations = {} }: Record<string, object>,
  entries: readonly Entry[] = [],
): object {
  version += 1;
  return {
    metadata: {
      name: 'prod',
      uid: UID,
      resourceVersion: String(version),
      labels,
      annotations,
      managedFields: entries.map(({ manager, second, paths, subresource }) => ({
        manager,
        operation: 'Update',
        time: `2026-03-10T12:00:${String(second).padStart(2, '0')}Z`,
        fieldsV1: fieldsV1(paths),
        ...(subresource ? { subresource } : {}),
      })),
    },
    spec,
  };
}

const DATA_PLANE = kindOfName('DataPlane') as PlaneKindEntry;

function readRaw(raw: unknown, from = digests, uid?: string) {
  const plane = parsePlane(DATA_PLANE, raw, CURRENT);
  return from.read(uid === undefined ? plane : { ...plane, uid }, raw);
}

/** Reads and tracks a version, and returns its writes in short. */
function follow(raw: object) {
  const read = readRaw(raw);
  digests.track(read);
  return read.writes.map(({ subject, by, fields, takesBack }) => ({
    subject,
    by: by?.manager ?? null,
    fields: fields.map(({ path, change }) => `${change} ${path.join(' ')}`),
    ...(takesBack ? { takesBack: takesBack.by?.manager ?? null } : {}),
  }));
}

const PLANE_ID = ['spec', 'planeID'];
const HOST = ['spec', 'gateway', 'host'];

describe('a change of fields is reported', () => {
  test('with the manager that owns the field now, not the one that wrote last', () => {
    follow(stored({ spec: { planeID: 'a', gateway: { host: 'x' } } }));
    const entries = [
      { manager: 'kubectl-edit', second: 3, paths: [PLANE_ID] },
      { manager: 'helm', second: 5, paths: [HOST] },
      { manager: 'controller', second: 9, paths: [['status', 'conditions']], subresource: 'status' },
    ];
    expect(follow(stored({ spec: { planeID: 'b', gateway: { host: 'x' } } }, entries))).toEqual([
      { subject: 'spec', by: 'kubectl-edit', fields: ['changed spec planeID'] },
    ]);
  });

  test('once for each manager if several wrote since the version before', () => {
    follow(stored({ spec: { planeID: 'a', gateway: { host: 'x' } } }));
    const entries = [
      { manager: 'kubectl-edit', second: 3, paths: [PLANE_ID] },
      { manager: 'helm', second: 5, paths: [HOST] },
    ];
    expect(follow(stored({ spec: { planeID: 'b', gateway: { host: 'y' } } }, entries))).toEqual([
      { subject: 'spec', by: 'kubectl-edit', fields: ['changed spec planeID'] },
      { subject: 'spec', by: 'helm', fields: ['changed spec gateway host'] },
    ]);
  });

  test('for an atomic value, whose owner owns all of it', () => {
    follow(stored({ spec: { ref: { kind: 'A', name: 'a' } } }));
    const entries = [{ manager: 'flux', second: 3, paths: [['spec', 'ref']] }];
    expect(follow(stored({ spec: { ref: { kind: 'A', name: 'b' } } }, entries))).toEqual([
      { subject: 'spec', by: 'flux', fields: ['changed spec ref name'] },
    ]);
  });

  test('for an annotation, unless a tool or Planeboard keeps its own data there', () => {
    const team = ['metadata', 'annotations', 'example.com/team'];
    follow(stored({ annotations: { 'example.com/team': 'a', 'example.com/tier': 'gold' } }));
    const entries = [{ manager: 'kubectl-annotate', second: 3, paths: [team] }];
    const annotations = {
      'example.com/team': 'b',
      'example.com/tier': 'gold',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'planeboard.openchoreo.dev/refreshed-at': '2026-03-10T12:00:00Z',
      'example.com/data': 'x'.repeat(5000),
    };
    expect(follow(stored({ annotations }, entries))).toEqual([
      {
        subject: 'metadata',
        by: 'kubectl-annotate',
        fields: ['changed metadata annotations example.com/team'],
      },
    ]);
    const reverted = [{ manager: 'kustomize-controller', second: 5, paths: [team] }];
    expect(
      follow(stored({ annotations: { ...annotations, 'example.com/team': 'a' } }, reverted)),
    ).toMatchObject([{ by: 'kustomize-controller', takesBack: 'kubectl-annotate' }]);
  });

  test('for a removed field with the only manager that wrote since, and otherwise without one', () => {
    const earlier = [{ manager: 'helm', second: 1, paths: [PLANE_ID, HOST] }];
    follow(stored({ spec: { planeID: 'a', gateway: { host: 'x' } } }, earlier));
    const edit = { manager: 'kubectl-edit', second: 4, paths: [PLANE_ID] };
    expect(follow(stored({ spec: { planeID: 'b' } }, [...earlier, edit]))).toEqual([
      { subject: 'spec', by: 'kubectl-edit', fields: ['changed spec planeID', 'removed spec gateway host'] },
    ]);
    expect(follow(stored({ spec: {} }, [...earlier, edit]))).toEqual([
      { subject: 'spec', by: null, fields: ['removed spec planeID'] },
    ]);
  });

  test('for labels, texts, maintenance and replaced credentials', () => {
    follow(stored({ labels: { team: 'a' } }));
    const record = {
      id: '1',
      action: 'replace',
      by: 'jane',
      at: '2026-03-10T12:00:00Z',
      places: [],
      before: [],
      after: [],
    };
    const annotations = {
      'openchoreo.dev/display-name': 'Production',
      [MAINTENANCE_UNTIL_ANNOTATION]: '2026-03-10T14:00:00Z',
      [REPLACED_ANNOTATION]: JSON.stringify({ 'clusterAgent.clientCA': record }),
      'planeboard.openchoreo.dev/refreshed-at': '2026-03-10T12:00:00Z',
    };
    expect(follow(stored({ annotations })).map(({ subject, fields }) => [subject, ...fields])).toEqual([
      ['credential', `added metadata annotations ${REPLACED_ANNOTATION} clusterAgent.clientCA replace`],
      ['metadata', 'added metadata annotations openchoreo.dev/display-name', 'removed metadata labels team'],
      ['maintenance', `added metadata annotations ${MAINTENANCE_UNTIL_ANNOTATION}`],
    ]);
  });

  test('as taken back when another change sets the earlier value again', () => {
    const flux = { manager: 'kustomize-controller', second: 1, paths: [PLANE_ID, HOST] };
    follow(stored({ spec: { planeID: 'a', gateway: { host: 'x' } } }, [flux]));
    const mine = { manager: 'planeboard', second: 3, paths: [PLANE_ID] };
    follow(stored({ spec: { planeID: 'b', gateway: { host: 'x' } } }, [flux, mine]));
    const again = [{ ...flux, second: 9 }];
    expect(follow(stored({ spec: { planeID: 'a', gateway: { host: 'y' } } }, again))).toEqual([
      {
        subject: 'spec',
        by: 'kustomize-controller',
        fields: ['changed spec planeID'],
        takesBack: 'planeboard',
      },
      { subject: 'spec', by: 'kustomize-controller', fields: ['changed spec gateway host'] },
    ]);
  });

  test('as taken back when the first value is set again after further changes', () => {
    const edit = (planeID: string, manager: string, second: number) =>
      follow(stored({ spec: { planeID } }, [{ manager, second, paths: [PLANE_ID] }]));
    edit('a', 'helm', 1);
    edit('b', 'planeboard', 2);
    edit('c', 'kubectl-edit', 3);
    expect(edit('a', 'kubectl-patch', 4)).toMatchObject([{ takesBack: 'planeboard' }]);
  });
});

describe('nothing is reported', () => {
  test('for the first version, an equal one, or a version that was read but not tracked', () => {
    expect(follow(stored({ spec: { planeID: 'a' } }))).toEqual([]);
    expect(follow(stored({ spec: { planeID: 'a' } }))).toEqual([]);
    readRaw(stored({ spec: { planeID: 'b' } }));
    expect(follow(stored({ spec: { planeID: 'a' } }))).toEqual([]);
  });

  test('for another plane, or one that was forgotten', () => {
    follow(stored({ spec: { planeID: 'a' } }));
    expect(readRaw(stored({ spec: { planeID: 'b' } }), digests, 'other').writes).toEqual([]);
    digests.forget(UID);
    expect(follow(stored({ spec: { planeID: 'b' } }))).toEqual([]);
  });
});

test('keeps no value, and hashes that differ from process to process', () => {
  const raw = stored({ spec: { auth: { password: 'hunter2-long-enough' } } });
  const { digest } = readRaw(raw);
  expect(JSON.stringify(digest)).not.toContain('hunter2');
  expect(readRaw(raw, new FieldDigests()).digest.spec.hashes).not.toBe(digest.spec.hashes);
});

test('reads anything without failing, and counts a group with too many fields as few', () => {
  for (const raw of [null, 7, {}, { metadata: { managedFields: [null, {}, { fieldsV1: 3 }] }, spec: [] }])
    expect(readRaw(raw).writes).toEqual([]);
  const deep = JSON.parse(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`);
  expect(readRaw({ spec: { deep } }).writes).toEqual([]);
  const many = (value: string) => ({
    spec: { map: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, value])) },
  });
  follow(stored(many('a')));
  expect(follow(stored(many('b')))).toEqual([{ subject: 'spec', by: null, fields: ['changed spec map'] }]);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { PlaneWrites } from '@/testing/server/plane-writes';

const COLLECTION = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const DISPLAY_NAME = 'openchoreo.dev/display-name';
const STAMP = 'policy.example.com/checked';
const UNTIL = 'planeboard.openchoreo.dev/maintenance-until';

/** Drops display names and the end of a maintenance, and stamps the plane unless it's named `admitted-quiet-`. */
const DROP_AND_STAMP = `
  (has(object.metadata.annotations) && "${DISPLAY_NAME}" in object.metadata.annotations
    ? [JSONPatch{op: "remove", path: "/metadata/annotations/" + jsonpatch.escapeKey("${DISPLAY_NAME}")}] : []) +
  (has(object.metadata.annotations) && "${UNTIL}" in object.metadata.annotations
    ? [JSONPatch{op: "remove", path: "/metadata/annotations/" + jsonpatch.escapeKey("${UNTIL}")}] : []) +
  (has(object.metadata.annotations) && !object.metadata.name.startsWith("admitted-quiet-") &&
    ("${DISPLAY_NAME}" in object.metadata.annotations || "${UNTIL}" in object.metadata.annotations)
    ? [JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${STAMP}"), value: "yes"}] : [])`;

let api: PlaneWrites;
let deletePolicy: () => Promise<void>;
let plane = '';
let names = 0;

const specOf = (planeID: string) => ({ planeID, clusterAgent: { clientCA: { value: 'no PEM' } } });
const annotations = async () => (await api.live(plane)).metadata.annotations ?? {};
const edit = async (changes: object, more: object = {}) => ({
  resourceVersion: await api.version(plane),
  changes,
  ...more,
});

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  const probe = {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'DataPlane',
    metadata: { name: 'admitted-probe', annotations: { [DISPLAY_NAME]: 'probe' } },
    spec: specOf('probe'),
  };
  deletePolicy = await createMutatingPolicy(
    api.kube,
    'drop-display-names',
    {
      apiGroup: 'openchoreo.dev',
      apiVersion: 'v1alpha1',
      resource: 'dataplanes',
      when: 'object.metadata.name.startsWith("admitted-")',
      patches: DROP_AND_STAMP,
    },
    async () => {
      const tried = await api.kube.post(`${COLLECTION}?dryRun=All`, probe);
      return tried.metadata.annotations?.[STAMP] !== undefined;
    },
  );
});
afterAll(async () => {
  await deletePolicy?.();
  await api?.stop();
});

async function createPlane(prefix: string): Promise<void> {
  names += 1;
  const name = `${prefix}${names}`;
  plane = `dataplanes/default/${name}`;
  await api.create(plane, specOf(name), { annotations: { team: 'a' } });
}

describe('an edit that an admission policy changes', () => {
  beforeEach(() => createPlane('admitted-'));

  test('names the requested fields that were dropped, although something else was stored', async () => {
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(answer.notStored).toEqual([['metadata', 'annotations', DISPLAY_NAME]]);
    expect(await annotations()).toEqual({ team: 'a', [STAMP]: 'yes' });
  });

  test('names only the fields that were dropped, and stores the others', async () => {
    const answer = await api.done(
      'PATCH',
      plane,
      await edit({ displayName: 'mine', labels: { tier: 'gold' } }),
    );
    expect(answer.notStored).toEqual([['metadata', 'annotations', DISPLAY_NAME]]);
    expect((await api.live(plane)).metadata.labels).toMatchObject({ tier: 'gold' });
  });

  test('names them in the dry run', async () => {
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }, { dryRun: true }));
    expect(answer.notStored).toEqual([['metadata', 'annotations', DISPLAY_NAME]]);
  });

  test('names the end of a maintenance that was dropped', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const answer = await api.done('PATCH', plane, await edit({ maintenance: { until, reason: 'work' } }));
    expect(answer.notStored).toEqual([['metadata', 'annotations', UNTIL]]);
  });

  test('names no field when everything was stored', async () => {
    const answer = await api.done('PATCH', plane, await edit({ description: 'mine' }));
    expect(answer.notStored).toEqual([]);
  });
});

describe('an edit of which an admission policy leaves nothing', () => {
  beforeEach(() => createPlane('admitted-quiet-'));

  test('says that nothing changed, not that the outcome is unknown', async () => {
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(answer.notStored).toEqual([['metadata', 'annotations', DISPLAY_NAME]]);
    expect(answer.after).toBe(answer.before);
    expect(await annotations()).toEqual({ team: 'a' });
  });
});

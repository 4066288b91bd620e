import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { PlaneWrites } from '@/testing/server/plane-writes';

const DISPLAY_NAME = 'openchoreo.dev/display-name';

let api: PlaneWrites;
let writer: DataPlaneWriter;
let caPem: string;
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  writer = new DataPlaneWriter(api.kube);
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
});
afterAll(() => api?.stop());
afterEach(() => {
  api.proxy.rule = undefined;
});

async function newPlane(): Promise<{ readonly plane: string; readonly name: string }> {
  names += 1;
  const name = `contested-${names}`;
  const plane = `dataplanes/default/${name}`;
  await api.create(plane, { planeID: name, clusterAgent: { clientCA: { value: caPem } } });
  return { plane, name };
}

/** Patches a plane as another tool. */
function patchAs(manager: string, name: string, patch: unknown) {
  const path = `/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`;
  return api.kube.patch(`${path}?fieldManager=${manager}`, patch);
}

/** Makes the API server forget the versions of the past, as it does after some minutes. */
function compactHistory(): void {
  api.proxy.rule = (path) => (path.includes('resourceVersionMatch=Exact') ? { status: 410 } : undefined);
}

describe("a version that is older than the API server's history", () => {
  test("isn't a conflict if only the status has changed since", async () => {
    const { plane, name } = await newPlane();
    const read = await api.version(plane);
    await expect
      .poll(async () => api.runtime.editVersions.isUnchangedSince(await api.live(plane), read))
      .toBe(true);
    for (let beat = 0; beat < 3; beat += 1) await writer.beat(name);
    const live = await api.live(plane);
    const { resourceVersion = '' } = live.metadata;
    expect(resourceVersion).not.toBe(read);
    await expect.poll(() => api.runtime.editVersions.isUnchangedSince(live, resourceVersion)).toBe(true);
    compactHistory();
    await api.done('PATCH', plane, { resourceVersion: read, changes: { displayName: 'mine' } });
    expect((await api.live(plane)).metadata.annotations).toMatchObject({ [DISPLAY_NAME]: 'mine' });
  });

  test('is a conflict if anything else has changed, or if nobody knows the version', async () => {
    const { plane, name } = await newPlane();
    const read = await api.version(plane);
    await patchAs('kubectl-edit', name, { metadata: { labels: { by: 'them' } } });
    compactHistory();
    for (const resourceVersion of [read, '1']) {
      const problem = await api.refused('PATCH', plane, {
        resourceVersion,
        changes: { displayName: 'mine' },
      });
      expect(problem).toMatchObject({ status: 409, code: 'conflict' });
    }
  });
});

describe('a conflict names the field manager', () => {
  test('that changed the same field, although others wrote later', async () => {
    const { plane, name } = await newPlane();
    const resourceVersion = await api.version(plane);
    await patchAs('kubectl-edit', name, { spec: { planeID: 'theirs' } });
    await patchAs('labeller', name, { metadata: { labels: { tier: 'gold' } } });
    await patchAs('manager', name, { metadata: { finalizers: ['example.com/held'] } });
    await writer.beat(name);
    const changes = { spec: { planeID: 'mine' } };
    const problem = await api.refused('PATCH', plane, { resourceVersion, changes });
    expect(problem.detail).toContain('Last written by the field manager kubectl-edit at');
    await patchAs('manager', name, { metadata: { finalizers: null } });
  });

  test('of a change between read and write', async () => {
    const { plane, name } = await newPlane();
    let isChanged = false;
    api.proxy.rule = async (path, method) => {
      if (method === 'PATCH' && path.includes(name) && !isChanged) {
        isChanged = true;
        await patchAs('kubectl-edit', name, { spec: { planeID: 'theirs' } });
      }
      return undefined;
    };
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { spec: { planeID: 'mine' } },
    });
    expect(problem.detail).toContain('Last written by the field manager kubectl-edit at');
  });
});

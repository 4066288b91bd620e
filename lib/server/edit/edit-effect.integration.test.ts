import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Consequence } from '@/lib/plane/consequences/consequence';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { PlaneWrites } from '@/testing/server/plane-writes';

let api: PlaneWrites;
let old: CertificateAuthority;
let renewed: CertificateAuthority;
let names = 0;
let name: string;
let plane: string;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  old = await CertificateAuthority.create('old agents', { days: 400 });
  renewed = await CertificateAuthority.create('new agents', { days: 400 });
});
afterAll(() => api?.stop());

beforeEach(async () => {
  names += 1;
  name = `effects-${names}`;
  plane = `dataplanes/default/${name}`;
  await api.create(plane, { planeID: name, clusterAgent: { clientCA: { value: old.certPem } } });
  await new DataPlaneWriter(api.kube).beat(name);
});
afterEach(async () => {
  await api.kube.delete(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`);
});

async function dryRun(spec: object): Promise<Consequence[]> {
  const resourceVersion = await api.version(plane);
  const answer = await api.done('PATCH', plane, { resourceVersion, dryRun: true, changes: { spec } });
  return answer.consequences as Consequence[];
}
const weights = (found: readonly Consequence[]) => found.map(({ code, weight }) => `${weight} ${code}`);
const clientCA = (value: object) => ({ clusterAgent: { clientCA: value } });

describe("a dry run's consequences", () => {
  test('name the agent, the siblings and the Environments that a changed planeID affects', async () => {
    await api.create(`dataplanes/default/${name}-twin`, {
      planeID: name,
      clusterAgent: { clientCA: { value: old.certPem } },
    });
    await api.kube.post('/apis/openchoreo.dev/v1alpha1/namespaces/default/environments', {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: `${name}-dev` },
      spec: { dataPlaneRef: { kind: 'DataPlane', name } },
    });
    await expect
      .poll(() => [...api.runtime.engine.planes()].some((one) => one.name === `${name}-twin`))
      .toBe(true);
    const found = await dryRun({ planeID: `${name}-moved` });
    expect(weights(found)).toEqual(['harm changes-plane-id', 'harm affects-users', 'note leaves-siblings']);
    expect(found[0]?.text).toContain(`The connected agent uses the planeID ${name} and stays`);
    expect(found[1]?.objects).toMatchObject([{ kind: 'Environment', name: `${name}-dev` }]);
    expect(found[2]?.objects).toMatchObject([{ kind: 'DataPlane', name: `${name}-twin` }]);
  });

  test('say that a connected agent is rejected by another inline CA at once', async () => {
    const found = await dryRun(clientCA({ value: renewed.certPem }));
    expect(weights(found)).toEqual(['harm rejects-agent']);
    expect(found[0]?.text).toContain('The connected agent loses its connection within seconds');
  });

  test('have nothing to say about a CA that is only added, or moved to a Secret', async () => {
    expect(await dryRun(clientCA({ value: `${old.certPem}\n${renewed.certPem}` }))).toEqual([]);
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    const secretKeyRef = { name: `${name}-ca`, key: 'ca.crt' };
    expect(await dryRun(clientCA({ value: null, secretKeyRef }))).toEqual([]);
  });

  test('have nothing to say about a removed certificate that has expired', async () => {
    const expired = await CertificateAuthority.create('expired agents', { fromDays: -20, days: -10 });
    const resourceVersion = await api.version(plane);
    const spec = clientCA({ value: `${old.certPem}\n${expired.certPem}` });
    await api.done('PATCH', plane, { resourceVersion, changes: { spec } });
    expect(await dryRun(clientCA({ value: old.certPem }))).toEqual([]);
  });

  test.each([
    ['a Secret that does not exist', { name: 'none', key: 'ca.crt' }, "Secret default/none doesn't exist."],
    ['a key that does not exist', { name: 'KEYLESS', key: 'other' }, 'has no key other.'],
  ])('say that no agent is accepted with %s', async (_name, reference, expected) => {
    if (reference.name === 'KEYLESS') await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    const secretKeyRef = { ...reference, name: reference.name === 'KEYLESS' ? `${name}-ca` : reference.name };
    const found = await dryRun(clientCA({ value: null, secretKeyRef }));
    expect(weights(found)).toEqual(['harm rejects-agent']);
    expect(found[0]?.text).toContain(expected);
  });

  test('say that no agent is accepted without a CA', async () => {
    const found = await dryRun(clientCA({ value: null }));
    expect(weights(found)).toEqual(['harm rejects-agent']);
    expect(found[0]?.text).toContain('This plane will have no CA');
  });

  test('are empty for a change of metadata, and absent from the answer to a save', async () => {
    const resourceVersion = await api.version(plane);
    const changes = { displayName: 'x' };
    const preview = await api.done('PATCH', plane, { resourceVersion, dryRun: true, changes });
    expect(preview.consequences).toEqual([]);
    expect(await api.done('PATCH', plane, { resourceVersion, changes })).not.toHaveProperty('consequences');
  });

  test("don't keep a program from saving, which needs no further field", async () => {
    const resourceVersion = await api.version(plane);
    const changes = { spec: { planeID: `${name}-moved` } };
    await api.done('PATCH', plane, { resourceVersion, changes });
    expect((await api.live(plane)).spec).toMatchObject({ planeID: `${name}-moved` });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { MASK } from '@/lib/plane/masking/mask';
import type { ProblemError } from '@/lib/server/http/problem';
import { corpusText } from '@/testing/certificates/corpus';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { grant } from '@/testing/control-plane/kube-objects';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { callerOf } from '@/testing/server/test-caller';
import { editPlane } from './edit-plane';

const DISPLAY_NAME = 'openchoreo.dev/display-name';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

let api: PlaneWrites;
let caPem: string;
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
});
afterAll(() => api?.stop());
afterEach(() => {
  api.proxy.rule = undefined;
});

/** Creates a plane for one test, with more in it than an edit touches. */
async function newPlane(metadata: Record<string, unknown> = {}, spec: object = {}): Promise<string> {
  names += 1;
  const path = `dataplanes/default/plane-${names}`;
  await api.create(
    path,
    {
      planeID: `plane-${names}`,
      clusterAgent: { clientCA: { value: caPem } },
      secretStoreRef: { name: 'vault' },
      gateway: {
        ingress: {
          external: { name: 'gw', namespace: 'gateway', https: { host: 'a.example.com', port: 443 } },
        },
      },
      ...spec,
    },
    { labels: { team: 'shop' }, finalizers: ['example.com/held'], ...metadata },
  );
  return path;
}

const change = async (plane: string, changes: object, more: object = {}) =>
  api.done('PATCH', plane, { resourceVersion: await api.version(plane), changes, ...more });

describe('an edit', () => {
  test("writes a plane's texts, and nothing else", async () => {
    const plane = await newPlane();
    const before = await api.live(plane);
    await change(plane, {
      displayName: ' Production ',
      description: 'for the shop',
      owner: ' Team Checkout ',
      runbookUrl: 'https://wiki.example.com/shop',
    });
    const after = await api.live(plane);
    expect(after.metadata.annotations).toEqual({
      [DISPLAY_NAME]: 'Production',
      'openchoreo.dev/description': 'for the shop',
      'planeboard.openchoreo.dev/owner': 'Team Checkout',
      'planeboard.openchoreo.dev/runbook-url': 'https://wiki.example.com/shop',
    });
    expect({ ...after, metadata: null }).toEqual({ ...before, metadata: null });
    expect(after.metadata).toMatchObject({ labels: { team: 'shop' }, finalizers: ['example.com/held'] });
    await change(plane, { displayName: '', description: null, owner: null, runbookUrl: ' ' });
    expect((await api.live(plane)).metadata.annotations).toBeUndefined();
  });

  test('rejects texts that are too long or contain control characters, but keeps those already stored', async () => {
    const long = 'x'.repeat(5000);
    const plane = await newPlane({ annotations: { [DISPLAY_NAME]: long } });
    const resourceVersion = await api.version(plane);
    for (const [changes, path] of [
      [{ displayName: `${long}y` }, ['changes', 'displayName']],
      [{ displayName: 'bell \x07' }, ['changes', 'displayName']],
      [{ description: 'nul \0' }, ['changes', 'description']],
      [{ owner: 'two\nlines' }, ['changes', 'owner']],
      [{ runbookUrl: 'javascript:alert(1)' }, ['changes', 'runbookUrl']],
      [
        { annotations: { 'planeboard.openchoreo.dev/runbook-url': 'https://me:pw@wiki.example.com' } },
        ['metadata', 'annotations', 'planeboard.openchoreo.dev/runbook-url'],
      ],
      [{ annotations: { [DISPLAY_NAME]: `${long}y` } }, ['metadata', 'annotations', DISPLAY_NAME]],
    ] as const) {
      const problem = await api.refused('PATCH', plane, { resourceVersion, dryRun: true, changes });
      expect(problem).toMatchObject({ status: 422, code: 'invalid-field', errors: [{ path: [...path] }] });
    }
    await change(plane, { description: 'two\nlines' });
    expect((await api.live(plane)).metadata.annotations).toMatchObject({ [DISPLAY_NAME]: long });
  });

  test("merges labels, annotations and spec under Planeboard's field manager", async () => {
    const plane = await newPlane();
    const answer = await change(plane, {
      labels: { team: null, tier: 'gold' },
      annotations: { 'example.com/note': 'x' },
      spec: { secretStoreRef: null, gateway: { ingress: { external: { https: { port: 8443 } } } } },
    });
    const after = await api.live(plane);
    expect(after).toMatchObject({
      metadata: { labels: { tier: 'gold' }, annotations: { 'example.com/note': 'x' } },
      spec: { gateway: { ingress: { external: { https: { host: 'a.example.com', port: 8443 } } } } },
    });
    expect(after.metadata.labels).toEqual({ tier: 'gold' });
    expect(after.spec).not.toHaveProperty('secretStoreRef');
    expect(JSON.stringify(after.metadata)).toContain('"manager":"planeboard"');
    expect(answer).toMatchObject({
      dryRun: false,
      resourceVersion: after.metadata.resourceVersion,
      warnings: [],
    });
    expect(answer.before).toContain('port: 443\n');
    expect(answer.after).toContain('port: 8443\n');
    expect(api.audits().at(-1)).toMatchObject({
      user: 'planeboard-demo-admin',
      verb: 'patch',
      object: { kind: 'DataPlane', namespace: 'default' },
      outcome: 'done',
      changed: expect.arrayContaining(['spec.secretStoreRef', 'metadata.labels.team']) as string[],
    });
  });

  test('shows the difference in a dry run, and writes neither the plane nor an audit line', async () => {
    const plane = await newPlane();
    const before = await api.live(plane);
    const lines = api.audits().length;
    const answer = await change(plane, { spec: { secretStoreRef: { name: 'other' } } }, { dryRun: true });
    expect(answer).toMatchObject({ dryRun: true, resourceVersion: before.metadata.resourceVersion });
    const changed = (text: unknown) => String(text).split('\n');
    const lost = changed(answer.before).filter((line) => !changed(answer.after).includes(line));
    expect(lost).toEqual(['    name: vault']);
    expect(await api.live(plane)).toEqual(before);
    expect(api.audits()).toHaveLength(lines);
  });

  test("isn't written when it changes nothing", async () => {
    const plane = await newPlane();
    const version = await api.version(plane);
    const answer = await change(plane, {
      labels: { team: 'shop' },
      annotations: {},
      spec: { secretStoreRef: { name: 'vault' } },
    });
    expect(answer).toMatchObject({ resourceVersion: version });
    expect(answer.before).toBe(answer.after);
    expect(await api.version(plane)).toBe(version);
  });

  test('removes the inline value when a certificate moves to a Secret, because the value would take precedence', async () => {
    const plane = await newPlane();
    await api.secret(`${plane.split('/')[2]}-ca`, { 'ca.crt': caPem });
    const reference = { name: `${plane.split('/')[2]}-ca`, key: 'ca.crt' };
    const answer = await change(plane, { spec: { clusterAgent: { clientCA: { secretKeyRef: reference } } } });
    expect(answer.warnings).toEqual([
      expect.stringContaining('The inline value of clusterAgent.clientCA is removed'),
    ]);
    expect((await api.live(plane)).spec).toMatchObject({
      clusterAgent: { clientCA: { secretKeyRef: reference } },
    });
    expect(JSON.stringify((await api.live(plane)).spec)).not.toContain('BEGIN CERTIFICATE');
  });
});

describe('an edit is rejected', () => {
  test.each([
    ['status', { changes: { status: {} } }],
    ['finalizers', { changes: { finalizers: [] } }],
    ['metadata', { changes: {}, metadata: { finalizers: null } }],
  ])('when it changes the %s', async (_, body) => {
    const plane = await newPlane();
    const problem = await api.refused('PATCH', plane, { resourceVersion: await api.version(plane), ...body });
    expect(problem).toMatchObject({ status: 422, code: 'invalid-field' });
    expect((await api.live(plane)).metadata.finalizers).toEqual(['example.com/held']);
  });

  test("for a field that this release doesn't have, at its path", async () => {
    const plane = await newPlane();
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { spec: { gatewayy: { x: 1 } } },
    });
    expect(problem).toMatchObject({ code: 'invalid-field', errors: [{ path: ['spec', 'gatewayy'] }] });
  });

  test('for a value that violates the schema, at its path and without the value', async () => {
    const plane = await newPlane();
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { spec: { planeID: 'Canary-Upper' } },
    });
    expect(problem.errors?.map(({ path }) => path)).toEqual([['spec', 'planeID']]);
    expect(JSON.stringify(problem)).not.toContain('Canary-Upper');
  });

  test('for a mask where nothing is stored', async () => {
    const plane = await newPlane();
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { spec: { secretStoreRef: { name: MASK } } },
    });
    expect(problem).toMatchObject({
      code: 'invalid-field',
      errors: [{ path: ['spec', 'secretStoreRef', 'name'] }],
    });
  });

  test("for a certificate that can't work, and for a private key in its place", async () => {
    const plane = await newPlane();
    const expired = await CertificateAuthority.create('old', { fromDays: -30, days: 10 });
    for (const [value, expected] of [
      [expired.certPem, /It expired on/],
      [expired.pem.keyPem, /This is a private key|This contains a private key/],
    ] as const) {
      const problem = await api.refused('PATCH', plane, {
        resourceVersion: await api.version(plane),
        changes: { spec: { clusterAgent: { clientCA: { value } } } },
      });
      expect(problem.errors?.[0]?.path).toEqual(['credentials', 'clusterAgent.clientCA', 'text']);
      expect(problem.detail).toMatch(expected);
    }
    expect(api.everything()).not.toContain(expired.pem.keyPem.split('\n')[1]);
  });

  test.each([
    ['no line break between two', "Certificate 1 of 2 can't be read: a line break is missing between it"],
    [
      'a byte order mark before the second',
      "Certificate 2 of 2 can't be read: blanks or invisible characters",
    ],
    ['words after the first END', "Certificate 1 of 2 can't be read: other text follows END on its line."],
    ['PKCS7', "Certificate 1 of 2 can't be read: it's PKCS#7"],
    ['base64 of PEM', "it's base64 of PEM, which isn't decoded"],
  ])('for a CA that the gateway would not read as it is written: %s', async (name, expected) => {
    const plane = await newPlane();
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { spec: { clusterAgent: { clientCA: { value: corpusText(name) } } } },
    });
    expect(problem.errors?.[0]).toMatchObject({
      path: ['credentials', 'clusterAgent.clientCA', 'text'],
      message: expect.stringContaining(expected) as string,
    });
  });

  test('for a caller without the right to patch, naming that right', async () => {
    const plane = await newPlane();
    const { kubeconfigPath } = await api.control.controlPlane.addUser({ name: 'viewer' });
    await grant(api.kube, 'viewer', [
      { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list'] },
    ]);
    const viewer = callerOf('viewer', kubeconfigPath);
    const [, namespace, name = ''] = plane.split('/');
    const problem = (await editPlane(
      viewer.caller,
      { plural: 'dataplanes', namespace, name },
      { resourceVersion: await api.version(plane), changes: { displayName: 'x' } },
    ).catch((error: unknown) => error)) as ProblemError;
    await viewer.close();
    expect(problem.code).toBe('forbidden');
    expect(problem.detail).toMatch(/cannot patch resource "dataplanes"/);
    expect(api.audits().at(-1)).toMatchObject({ user: 'viewer', verb: 'patch', outcome: 'forbidden' });
  });
});

describe('editing a plane that changes meanwhile', () => {
  test('reports a conflict for a change since it was read, and overwrites nothing', async () => {
    const plane = await newPlane();
    const read = await api.version(plane);
    await api.kube.patch(
      `/apis/openchoreo.dev/v1alpha1/namespaces/default/${plane.replace('dataplanes/default', 'dataplanes')}`,
      {
        spec: { secretStoreRef: { name: 'theirs' } },
      },
    );
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: read,
      changes: { spec: { secretStoreRef: { name: 'mine' } } },
    });
    expect(problem).toMatchObject({ status: 409, code: 'conflict' });
    expect(problem.detail).toMatch(
      /Last written by the field manager .* at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/,
    );
    expect((await api.live(plane)).spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  });

  test('accepts a status written since it was read, as controllers write one every minute', async () => {
    const plane = await newPlane();
    const name = plane.split('/')[2] ?? '';
    const writer = new DataPlaneWriter(api.kube);
    const read = await api.version(plane);
    await writer.beat(name);
    expect(await api.version(plane)).not.toBe(read);
    await api.done('PATCH', plane, { resourceVersion: read, changes: { displayName: 'mine' } });
    expect((await api.live(plane)).metadata.annotations).toMatchObject({ [DISPLAY_NAME]: 'mine' });
  });

  test('tries again when a status is written between read and write', async () => {
    const plane = await newPlane();
    const name = plane.split('/')[2] ?? '';
    const writer = new DataPlaneWriter(api.kube);
    let beats = 0;
    api.proxy.rule = async (path, method) => {
      if (method === 'PATCH' && path.includes(name) && beats < 2) {
        beats += 1;
        await api.kube.patch(`/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}/status`, {
          status: { observedGeneration: beats },
        });
      }
      return undefined;
    };
    await change(plane, { displayName: 'through' });
    expect(beats).toBe(2);
    await writer.beat(name);
    expect((await api.live(plane)).metadata.annotations).toMatchObject({ [DISPLAY_NAME]: 'through' });
  });

  test('reports a conflict for a change between read and write', async () => {
    const plane = await newPlane();
    const name = plane.split('/')[2] ?? '';
    let isChanged = false;
    api.proxy.rule = async (path, method) => {
      if (method === 'PATCH' && path.includes(name) && !isChanged) {
        isChanged = true;
        await new DataPlaneWriter(api.kube).setDisplayName(name, 'theirs');
      }
      return undefined;
    };
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { displayName: 'mine' },
    });
    expect(problem.code).toBe('conflict');
    expect((await api.live(plane)).metadata.annotations).toMatchObject({ [DISPLAY_NAME]: 'theirs' });
  });

  test('reports a conflict for a plane recreated under the name', async () => {
    const plane = await newPlane({ finalizers: [] });
    const read = await api.version(plane);
    const [, , name = ''] = plane.split('/');
    await new DataPlaneWriter(api.kube).remove(name);
    await api.create(plane, { planeID: name, clusterAgent: { clientCA: { value: caPem } } });
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: read,
      changes: { displayName: 'x' },
    });
    expect(problem.code).toBe('conflict');
  });

  test('says that the outcome is unknown when the answer is lost', async () => {
    const plane = await newPlane();
    api.proxy.rule = (_, method) => (method === 'PATCH' ? 'lose-answer' : undefined);
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes: { displayName: 'perhaps' },
    });
    expect(problem.code).toBe('api-server-unreachable');
    expect(problem.detail).toMatch(/^Outcome unknown: .* may have been changed\./);
  });
});

describe('a plane managed by another tool', () => {
  const tools = [
    {
      tool: 'argocd',
      name: 'planes',
      detail: 'the Argo CD Application planes (annotation argocd.argoproj.io/tracking-id)',
      marks: (plane: string) => ({
        annotations: {
          'argocd.argoproj.io/tracking-id': `planes:openchoreo.dev/DataPlane:default/${plane}`,
        },
      }),
    },
    {
      tool: 'flux',
      name: 'flux-system/planes',
      detail: 'Flux flux-system/planes (label kustomize.toolkit.fluxcd.io/name)',
      marks: () => ({
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'planes',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
      }),
    },
    {
      tool: 'helm',
      name: 'platform/planes',
      detail: 'the Helm release platform/planes (annotation meta.helm.sh/release-name)',
      marks: () => ({
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: {
          'meta.helm.sh/release-name': 'planes',
          'meta.helm.sh/release-namespace': 'platform',
        },
      }),
    },
    {
      tool: 'rancher-fleet',
      name: 'default-planes',
      detail: 'the Rancher Fleet bundle default-planes (annotation objectset.rio.cattle.io/id)',
      marks: () => ({ annotations: { 'objectset.rio.cattle.io/id': 'default-planes' } }),
    },
    {
      tool: 'controller',
      name: 'PlaneSet shop',
      detail: 'the PlaneSet shop (owner reference)',
      marks: () => ({
        ownerReferences: [
          { apiVersion: 'example.com/v1', kind: 'PlaneSet', name: 'shop', uid: 'u1', controller: true },
        ],
      }),
    },
  ];

  test.each(tools)('$tool is written only after confirmation, and the tool is named', async (managed) => {
    const plane = await newPlane(managed.marks(`plane-${names + 1}`));
    const changes = { displayName: 'x', spec: { secretStoreRef: { name: 'changed-here' } } };
    const before = await api.live(plane);
    const problem = await api.refused('PATCH', plane, {
      resourceVersion: await api.version(plane),
      changes,
    });
    expect(problem).toMatchObject({
      status: 409,
      code: 'managed-elsewhere',
      managedBy: { tool: managed.tool, name: managed.name },
    });
    expect(problem.detail).toContain(managed.detail);
    const preview = await change(plane, changes, { dryRun: true });
    expect(preview.after).toContain(`${DISPLAY_NAME}: x`);
    expect(preview.after).toContain('name: changed-here');
    const unchanged = await api.live(plane);
    expect([unchanged.spec, unchanged.metadata.annotations]).toEqual([
      before.spec,
      before.metadata.annotations,
    ]);
    await change(plane, changes, { evenIfManaged: true });
    const written = await api.live(plane);
    expect(written.metadata.annotations).toMatchObject({ [DISPLAY_NAME]: 'x' });
    expect(written.spec).toMatchObject({ secretStoreRef: { name: 'changed-here' } });
  });
});

test('last-applied-configuration is neither shown nor lost', async () => {
  const applied = JSON.stringify({ spec: { password: 'canary-applied-1' } });
  const plane = await newPlane({ annotations: { [LAST_APPLIED]: applied } });
  const answer = await change(plane, { displayName: 'shown' });
  expect(answer.after).not.toContain('last-applied');
  expect((await api.live(plane)).metadata.annotations).toMatchObject({ [LAST_APPLIED]: applied });
  expect(api.everything()).not.toContain('canary');
});

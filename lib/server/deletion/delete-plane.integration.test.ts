import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { FaultAnswer } from '@/testing/control-plane/fault-proxy';
import { PlaneWrites } from '@/testing/server/plane-writes';

const HELD = { finalizers: ['example.com/held'] };

let api: PlaneWrites;
let caPem: string;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
});
afterAll(() => api?.stop());
beforeEach(() => {
  names += 1;
  name = `plane-${names}`;
  plane = `dataplanes/default/${name}`;
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const specOf = (secret: string, namespace?: string) => ({
  planeID: name,
  clusterAgent: {
    clientCA: {
      secretKeyRef: { name: secret, key: 'ca.crt', ...(namespace === undefined ? {} : { namespace }) },
    },
  },
});
const markedFor = (of: string) => ({
  labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
  annotations: { 'planeboard.openchoreo.dev/plane': of },
});
/** Creates the plane, and a Secret marked as created for it. */
async function withSecret(metadata: Record<string, unknown> = {}): Promise<void> {
  await api.secret(`${name}-ca`, { 'ca.crt': caPem }, markedFor(plane));
  await api.create(plane, specOf(`${name}-ca`), metadata);
}
const uid = async () => (await api.live(plane)).metadata.uid ?? '';
const path = () => `/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}`;
const removeFinalizers = () => api.kube.patch(path(), { metadata: { finalizers: null } });
const remove = async (more: object = {}) =>
  api.done('DELETE', plane, { confirm: name, uid: await uid(), ...more });
const refused = async (body: object) => api.refused('DELETE', plane, body);

describe('deleting a plane', () => {
  test('removes the plane, keeps its Secret, and logs intent and outcome with one id', async () => {
    await withSecret();
    const lines = api.auditLines().length;
    expect(await remove()).toEqual({ outcome: 'gone', secret: 'kept' });
    expect(await api.find(plane)).toBeUndefined();
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
    const [intent, outcome, ...others] = api.auditLines().slice(lines);
    expect(others).toEqual([]);
    expect(intent).toMatchObject({
      stage: 'intent',
      user: 'planeboard-demo-admin',
      verb: 'delete',
      object: { kind: 'DataPlane', namespace: 'default', name },
    });
    expect(outcome).toEqual({
      ...intent,
      time: expect.any(String) as string,
      stage: 'outcome',
      outcome: 'done',
    });
  });

  test('waits for finalizers and never removes them', async () => {
    await withSecret(HELD);
    expect(await remove()).toEqual({ outcome: 'terminating', secret: 'kept' });
    expect((await api.live(plane)).metadata.finalizers).toEqual(HELD.finalizers);
    await removeFinalizers();
    expect(await api.find(plane)).toBeUndefined();
  });

  test("deletes nothing when the typed name isn't the plane's", async () => {
    await withSecret();
    expect(await refused({ confirm: 'plane', uid: await uid() })).toMatchObject({
      code: 'invalid-field',
      errors: [{ path: ['confirm'] }],
    });
    expect(await api.find(plane)).toBeDefined();
  });

  test('never deletes a plane recreated under the name, however late this is noticed', async () => {
    await withSecret();
    expect(await refused({ confirm: name, uid: 'another' })).toMatchObject({ code: 'conflict' });
    const seen = await uid();
    let isReplaced = false;
    api.proxy.rule = async (_, method) => {
      if (method === 'DELETE' && !isReplaced) {
        isReplaced = true;
        await api.kube.delete(path());
        await api.create(plane, specOf(`${name}-ca`));
      }
      return undefined;
    };
    const problem = await refused({ confirm: name, uid: seen });
    expect(problem.code).toBe('conflict');
    expect(problem.detail).toContain('was replaced by a new plane with the same name since you opened it');
    expect(await api.find(plane)).toBeDefined();
  });

  test.each<[string, FaultAnswer | (() => Promise<FaultAnswer>)]>([
    ['a failure', { status: 200, body: '{"kind":"Status","apiVersion":"v1","status":"Failure","code":403}' }],
    ['null', { status: 200, body: 'null' }],
    ['a list', { status: 200, body: '[]' }],
    ['an empty object', { status: 200, body: '{}' }],
    ['a JSON text', { status: 202, body: '"accepted"' }],
    ['a text', { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }],
    ['nothing new', { status: 304 }],
    ['the plane itself', async () => ({ status: 200, body: JSON.stringify(await api.live(plane)) })],
  ])('has an unknown outcome when the answer is %s, and the Secret stays', async (_, answer) => {
    await withSecret();
    api.proxy.rule = (_asked, method) => {
      if (method !== 'DELETE') return undefined;
      return typeof answer === 'function' ? answer() : answer;
    };
    const problem = await refused({ confirm: name, uid: await uid(), deleteSecret: true });
    expect(problem.detail).toContain('Outcome unknown: the deletion of the data plane');
    expect(api.audits().at(-1)).toMatchObject({ verb: 'delete', outcome: 'bad-answer' });
    expect(await api.find(plane)).toBeDefined();
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test('answers not-found for a missing plane', async () => {
    expect(await refused({ confirm: name, uid: 'x' })).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('deletes a plane managed by Flux only after confirmation', async () => {
    await withSecret({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' } });
    const problem = await refused({ confirm: name, uid: await uid() });
    expect(problem).toMatchObject({ code: 'managed-elsewhere', managedBy: { tool: 'flux', name: 'shop' } });
    expect(problem.detail).toContain('recreates it after a deletion');
    expect(await remove({ evenIfManaged: true })).toMatchObject({ outcome: 'gone' });
  });
});

describe("a deleted plane's Secret", () => {
  test('is deleted on request, after the plane', async () => {
    await withSecret();
    const order: string[] = [];
    api.proxy.rule = (asked, method) => {
      if (method === 'DELETE') order.push(asked.includes('/secrets/') ? 'secret' : 'plane');
      return undefined;
    };
    expect(await remove({ deleteSecret: true })).toEqual({ outcome: 'gone', secret: 'deleted' });
    expect(order).toEqual(['plane', 'secret']);
    expect(await api.secretData(`${name}-ca`)).toBeUndefined();
    expect(api.audits().at(-1)).toMatchObject({
      verb: 'delete',
      object: { kind: 'Secret' },
      outcome: 'done',
    });
  });

  test("is deleted as soon as the plane's finalizers are removed", async () => {
    await withSecret(HELD);
    api.proxy.rule = (asked) => {
      // The server is watching now, so the controller can finish.
      if (asked.includes('watch=1') && asked.includes(`metadata.name%3D${name}`)) void removeFinalizers();
      return undefined;
    };
    expect(await remove({ deleteSecret: true })).toEqual({ outcome: 'gone', secret: 'deleted' });
  });

  test('is kept while the plane exists, because its finalizers may need it', async () => {
    await withSecret(HELD);
    const answer = await remove({ deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'terminating', secret: 'kept' });
    expect(answer.secretProblem).toContain(`kubectl delete secret ${name}-ca -n default`);
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
    await removeFinalizers();
  });

  test('is kept when another plane uses it, even a cluster-wide one', async () => {
    await withSecret();
    await api.create(`clusterdataplanes/${name}-user`, specOf(`${name}-ca`, 'default'));
    const answer = await remove({ deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'kept' });
    expect(answer.secretProblem).toContain(`the cluster data plane ${name}-user uses it too`);
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test('is deleted when another plane uses a Secret of the same name in another namespace', async () => {
    await withSecret();
    await api.create(`clusterdataplanes/${name}-other`, specOf(`${name}-ca`, 'elsewhere'));
    expect(await remove({ deleteSecret: true })).toMatchObject({ secret: 'deleted' });
  });

  test.each([
    ['not marked', {}],
    ['marked for another plane', markedFor('dataplanes/default/another')],
    ['annotated but not labelled', { annotations: markedFor('x').annotations }],
  ])('is kept when it is %s', async (_, metadata) => {
    await api.secret(`${name}-ca`, { 'ca.crt': caPem }, metadata);
    await api.create(plane, specOf(`${name}-ca`));
    const answer = await remove({ deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'kept' });
    expect(answer.secretProblem).toContain('No Secret is marked as created by Planeboard for this plane');
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test("is kept when the caller can't check whether other planes use it", async () => {
    await withSecret();
    api.proxy.rule = (asked, method) =>
      method === 'GET' && asked.includes('/workflowplanes?limit=') && !asked.includes('watch')
        ? { status: 403 }
        : undefined;
    const answer = await remove({ deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'kept' });
    expect(answer.secretProblem).toContain("Planeboard couldn't check whether other planes use it");
  });

  test('is kept while the API server still returns the plane, whatever the answer to the deletion', async () => {
    await withSecret();
    const success = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
    api.proxy.rule = (_, method) => (method === 'DELETE' ? { status: 200, body: success } : undefined);
    expect(await remove({ deleteSecret: true })).toMatchObject({ outcome: 'terminating', secret: 'kept' });
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test("is kept when it isn't certain that the plane is gone", async () => {
    await withSecret();
    let isDeleted = false;
    api.proxy.rule = (asked, method) => {
      isDeleted ||= method === 'DELETE';
      return isDeleted && method === 'GET' && asked === path()
        ? { status: 404, headers: { 'content-type': 'text/html' }, body: 'Not Found' }
        : undefined;
    };
    expect(await remove({ deleteSecret: true })).toMatchObject({ outcome: 'terminating', secret: 'kept' });
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test('is reported as not deleted when the answer proves no deletion', async () => {
    await withSecret();
    api.proxy.rule = (asked, method) =>
      method === 'DELETE' && asked.includes('/secrets/') ? { status: 200, body: 'null' } : undefined;
    expect(await remove({ deleteSecret: true })).toMatchObject({ outcome: 'gone', secret: 'failed' });
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test('is reported as not deleted when its deletion is rejected', async () => {
    await withSecret();
    api.proxy.rule = (asked, method) =>
      method === 'DELETE' && asked.includes('/secrets/') ? { status: 403 } : undefined;
    const answer = await remove({ deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'failed' });
    expect(answer.secretProblem).toContain("couldn't be deleted");
    expect(api.audits().at(-1)).toMatchObject({ object: { kind: 'Secret' }, outcome: 'forbidden' });
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { CHANGED_MASK } from '@/lib/plane/edit/shown-difference';
import { MASK } from '@/lib/plane/masking/mask';
import { PlaneWrites } from '@/testing/server/plane-writes';

const PASSWORD = 'canary-password-1';
const CREDENTIALS = 'kubernetesCluster.credentials';

interface OldSpec {
  kubernetesCluster: { credentials: Record<string, string> };
  gateway: Record<string, string>;
  observer: { url: string; authentication: { basicAuth: { username: string; password: string } } };
}

let api: PlaneWrites;
let authority: CertificateAuthority;
let first: KeyPairPem;
let second: KeyPairPem;
let plane = '';
let names = 0;

beforeAll(async () => {
  // The oldest release keeps its credentials in the plane, as base64 and as plain text.
  api = await PlaneWrites.start('0.3');
  authority = await CertificateAuthority.create('company', { days: 400 });
  first = await authority.client('planes', [], { days: 100 });
  second = await authority.client('planes', [], { days: 200 });
});
afterAll(() => api?.stop());

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

beforeEach(async () => {
  names += 1;
  plane = `dataplanes/default/plane-${names}`;
  await api.create(plane, {
    kubernetesCluster: {
      name: 'prod',
      credentials: {
        apiServerURL: 'https://192.0.2.1:6443',
        caCert: base64(authority.certPem),
        clientCert: base64(first.certPem),
        clientKey: base64(first.keyPem),
      },
    },
    registry: { prefix: 'registry.example.com' },
    gateway: { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' },
    observer: {
      url: 'https://observer.example.com',
      authentication: { basicAuth: { username: 'me', password: PASSWORD } },
    },
  });
});

const specNow = async () => (await api.live(plane)).spec as unknown as OldSpec;
const change = async (spec: object, more: object = {}) =>
  api.done('PATCH', plane, { resourceVersion: await api.version(plane), changes: { spec }, ...more });

test('keeps the secrets whose mask is unchanged, and writes the other edits', async () => {
  const before = await specNow();
  const answer = await change({
    kubernetesCluster: { credentials: { clientKey: MASK, apiServerURL: 'https://192.0.2.2:6443' } },
    observer: { authentication: { basicAuth: { password: MASK } } },
  });
  const { credentials } = before.kubernetesCluster;
  expect(await specNow()).toEqual({
    ...before,
    kubernetesCluster: {
      ...before.kubernetesCluster,
      credentials: { ...credentials, apiServerURL: 'https://192.0.2.2:6443' },
    },
  });
  expect(answer.after).not.toContain('(changed)');
});

test('reports a replaced password as changed without showing it', async () => {
  const answer = await change({
    observer: { authentication: { basicAuth: { password: 'canary-password-2' } } },
  });
  expect((await specNow()).observer.authentication.basicAuth.password).toBe('canary-password-2');
  expect(answer.before).toContain(`password: ${MASK}\n`);
  expect(answer.after).toContain(`password: ${CHANGED_MASK}\n`);
});

test('rejects a key of another certificate, at its field', async () => {
  const before = await specNow();
  const problem = await api.refused('PATCH', plane, {
    resourceVersion: await api.version(plane),
    changes: { spec: { kubernetesCluster: { credentials: { clientKey: base64(second.keyPem) } } } },
  });
  expect(problem.errors).toMatchObject([{ path: ['credentials', `${CREDENTIALS}.clientKey`, 'text'] }]);
  expect(await specNow()).toEqual(before);
});

test('replaces certificate and key together, in base64 as the release requires', async () => {
  const before = await specNow();
  const answer = await api.done('POST', `${plane}/credentials`, {
    slot: `${CREDENTIALS}.clientCert`,
    action: 'replace',
    text: second.certPem,
    key: { text: second.keyPem },
  });
  expect(answer).toMatchObject({ written: [{ kind: 'DataPlane' }] });
  const now = await specNow();
  const { clientCert = '', clientKey = '' } = now.kubernetesCluster.credentials;
  expect(Buffer.from(clientCert, 'base64').toString().trim()).toBe(second.certPem.trim());
  expect(Buffer.from(clientKey, 'base64').toString().trim()).toBe(second.keyPem.trim());
  expect({ ...now, kubernetesCluster: null }).toEqual({ ...before, kubernetesCluster: null });
  expect(now.kubernetesCluster.credentials.caCert).toBe(before.kubernetesCluster.credentials.caCert);
});

test("replaces a password in place, and rejects a Secret, which this release doesn't support", async () => {
  const slot = 'observer.authentication.basicAuth.password';
  await api.done('POST', `${plane}/credentials`, { slot, action: 'replace', text: 'canary-password-3' });
  expect((await specNow()).observer.authentication.basicAuth.password).toBe('canary-password-3');
  const into = { source: 'new-secret', text: '', namespace: '', name: 'x', key: 'password' };
  const problem = await api.refused('POST', `${plane}/credentials`, {
    slot,
    action: 'replace',
    text: 'y',
    into,
  });
  expect(problem.errors).toMatchObject([{ path: ['into', 'source'] }]);
  const masked = await api.refused('POST', `${plane}/credentials`, { slot, action: 'replace', text: MASK });
  expect(masked.errors).toMatchObject([{ path: ['text'] }]);
});

test('never repeats a secret from a message of the API server or a webhook', async () => {
  const message = `admission webhook says: password ${PASSWORD} is too short, key ${base64(first.keyPem).slice(0, 60)}`;
  const body = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'Forbidden',
    code: 403,
    message,
  });
  api.proxy.rule = (_, method) => (method === 'PATCH' ? { status: 403, body } : undefined);
  const problem = await api.refused('PATCH', plane, {
    resourceVersion: await api.version(plane),
    changes: { displayName: 'x' },
  });
  api.proxy.rule = undefined;
  expect(problem.code).toBe('forbidden');
});

test('a dry run names the cluster that another API server address would reach', async () => {
  const spec = { kubernetesCluster: { credentials: { apiServerURL: 'https://192.0.2.2:6443' } } };
  const { consequences } = await change(spec, { dryRun: true });
  expect(consequences).toMatchObject([
    { code: 'changes-api-server', weight: 'harm', text: expect.stringContaining('192.0.2.2:6443') as string },
  ]);
});

test('a dry run warns that another CA or sign-in may cut off the cluster', async () => {
  const other = await CertificateAuthority.create('another', { days: 400 });
  const credentials = {
    caCert: base64(other.certPem),
    clientCert: base64(second.certPem),
    clientKey: base64(second.keyPem),
  };
  const { consequences } = await change({ kubernetesCluster: { credentials } }, { dryRun: true });
  expect(consequences).toMatchObject([
    { code: 'changes-server-ca', weight: 'harm' },
    { code: 'changes-sign-in', weight: 'harm', text: expect.stringContaining('private key') as string },
  ]);
});

test('never puts an inline credential into an answer or a log line', () => {
  const everything = api.everything();
  const keys = [first, second].flatMap(({ keyPem }) => [
    keyPem.split('\n')[1] ?? '',
    base64(keyPem).slice(0, 60),
  ]);
  for (const secret of ['canary', ...keys]) {
    expect(secret.length).toBeGreaterThan(5);
    expect(everything).not.toContain(secret);
  }
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { Consequence } from '@/lib/plane/consequences/consequence';
import { PlaneWrites } from '@/testing/server/plane-writes';

const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const SERVER = 'https://192.0.2.1:6443';
const TOKEN = 'canary-token-0123456789';
const direct = (secret: string) => ({
  kubernetesCluster: {
    server: SERVER,
    tls: { ca: { secretRef: { name: secret, key: 'ca.crt' } } },
    auth: { bearerToken: { value: TOKEN } },
  },
});

let api: PlaneWrites;
let agent: KeyPairPem;
let plane = '';
let names = 0;

beforeAll(async () => {
  // In this release a plane has an agent, direct access, or both.
  api = await PlaneWrites.start('0.7');
  agent = await selfSignedAgent('agent', { days: 80 });
});
afterAll(() => api?.stop());
beforeEach(() => {
  names += 1;
  plane = `dataplanes/default/direct-${names}`;
});

async function dryRun(spec: object): Promise<Consequence[]> {
  const resourceVersion = await api.version(plane);
  const answer = await api.done('PATCH', plane, { resourceVersion, dryRun: true, changes: { spec } });
  return answer.consequences as Consequence[];
}

test('an agent that is switched off leaves direct access, or nothing', async () => {
  const enabled = { enabled: true, clientCA: { value: agent.certPem } };
  await api.create(plane, { gateway: GATEWAY, agent: enabled });
  const [nothing] = await dryRun({ agent: { enabled: false } });
  expect(nothing).toMatchObject({ code: 'disables-agent', weight: 'harm' });
  expect(nothing?.text).toContain("so the control plane can't reach its cluster");
  const found = await dryRun({ agent: { enabled: false }, ...direct('none') });
  expect(found.map(({ code }) => code)).toEqual(['disables-agent', 'secret-missing']);
  expect(found[0]?.text).toContain(`will connect to ${SERVER} directly`);
  expect(found[1]?.text).toContain("Secret default/none doesn't exist.");
});

test('direct access that an agent replaces is no longer used', async () => {
  await api.create(plane, { gateway: GATEWAY, ...direct('none') });
  const [found] = await dryRun({ agent: { enabled: true, clientCA: { value: agent.certPem } } });
  expect(found).toMatchObject({ code: 'enables-agent', weight: 'harm' });
  expect(found?.text).toContain(`no longer connects to ${SERVER} directly`);
});

test('material that only moves, or is added to, changes nothing; other material does', async () => {
  const authorities = ['one', 'another'].map((name) => CertificateAuthority.create(name, { days: 80 }));
  const [ca = '', another = ''] = (await Promise.all(authorities)).map(({ certPem }) => certPem);
  const secret = `material-${names}`;
  await api.kube.post('/api/v1/namespaces/default/secrets', {
    metadata: { name: secret },
    stringData: { 'ca.crt': ca.replaceAll('\n', '\r\n'), token: `${TOKEN}\n`, other: another },
  });
  const from = (key: string) => ({ secretRef: { name: secret, key } });
  const spec = (tls: object, bearerToken: object = { value: TOKEN }) => ({
    kubernetesCluster: { server: SERVER, tls: { ca: tls }, auth: { bearerToken } },
  });
  await api.create(plane, { gateway: GATEWAY, ...spec({ value: ca }) });
  const codes = async (change: object) => (await dryRun(change)).map(({ code }) => code);
  const inSecret = (key: string) => ({ value: null, ...from(key) });
  expect(await codes(spec(inSecret('ca.crt')))).toEqual([]);
  expect(await codes(spec({ value: `${another}\n${ca}` }))).toEqual([]);
  expect(await codes(spec(inSecret('ca.crt'), inSecret('token')))).toEqual([]);
  expect(await codes(spec({ value: another }))).toEqual(['changes-server-ca']);
  expect(await codes(spec(inSecret('other')))).toEqual(['changes-server-ca']);
  expect(await codes(spec({ value: ca }, inSecret('other')))).toEqual(['changes-sign-in']);
  expect(await codes(spec({ value: ca }, { value: 'another' }))).toEqual(['changes-sign-in']);
});

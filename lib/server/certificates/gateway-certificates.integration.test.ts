import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { publishCa, publishServing, removeGateway } from '@/testing/control-plane/gateway-secrets';
import { grant } from '@/testing/control-plane/kube-objects';
import { startRuntime, until } from '@/testing/server/test-runtime';

let demo: BareControlPlane;
let runtime: Runtime;
let authority: CertificateAuthority;

beforeAll(async () => {
  demo = await sharedControlPlane();
  authority = await CertificateAuthority.create('cluster-gateway-ca', { days: 400 });
});
afterEach(async () => {
  await runtime.stop();
  await removeGateway(demo.controlPlane.client);
});
afterAll(async () => {
  await demo?.stop();
});

const client = () => demo.controlPlane.client;
const controlPlane = () => runtime.snapshots.object(WHOLE_FLEET).controlPlane;
const codes = () => controlPlane().findings.map(({ code }) => code);
const facts = () => controlPlane().gateway;
const untilFacts = (matches: (gateway: GatewayFacts) => boolean) =>
  until(runtime, () => {
    const gateway = facts();
    return gateway !== undefined && matches(gateway);
  });
const serving = (days: number, fromDays = -10) =>
  authority.serving(['gateway.example.com'], { fromDays, days });

test("a gateway's certificates that are valid and belong together have no findings", async () => {
  await publishCa(client(), authority.certPem);
  await publishServing(client(), await serving(90));
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilFacts(({ verified }) => verified === true);
  expect(codes()).toEqual([]);
  expect(facts()).toMatchObject({
    namespace: CONTROL_PLANE_NAMESPACE,
    caObject: 'Secret',
    ca: { state: 'read' },
    serving: { state: 'read' },
  });
});

test('an expiring and an expired certificate reach snapshots and change sets, without any key', async () => {
  await publishCa(client(), authority.certPem);
  const expired = await serving(5);
  await publishServing(client(), expired);
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  const sent: string[] = [];
  runtime.engine.subscribe(({ controlPlane: changed }) => {
    if (changed) sent.push(JSON.stringify(changed));
  });
  await until(runtime, () => codes().includes('gateway-certificate-expired'));
  await until(runtime, () => sent.some((text) => text.includes('gateway-certificate-expired')));
  const count = sent.length;

  await publishServing(client(), await serving(90, -80));
  await until(runtime, () => sent.length > count);
  expect(codes()).toEqual(['gateway-certificate-expiring']);
  const keyLine = expired.keyPem.split('\n')[1] ?? '';
  expect(keyLine.length).toBeGreaterThan(60);
  expect(`${sent.join()} ${runtime.snapshots.json(WHOLE_FLEET)}`).not.toContain(keyLine);
});

test('a CA that is replaced while Planeboard runs is a finding with both fingerprints', async () => {
  await publishCa(client(), authority.certPem);
  await publishServing(client(), await serving(90));
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilFacts(({ verified }) => verified === true);
  expect(facts()?.watchedSince).toMatch(/^20/);

  const renewed = await CertificateAuthority.create('cluster-gateway-ca', { days: 400 });
  await publishCa(client(), renewed.certPem);
  await until(runtime, () => codes().includes('gateway-ca-changed'));
  // The certificate is still from the earlier CA.
  expect(codes()).toEqual(['gateway-certificate-unverified', 'gateway-ca-changed']);
  const { caChange } = facts() ?? {};
  expect(caChange?.before).toMatch(/^([0-9A-F]{2}:){3}[0-9A-F]{2}$/);
  expect(caChange?.after).not.toBe(caChange?.before);
  expect(caChange?.sameKeyUntil).toBeUndefined();

  await publishServing(client(), await renewed.serving(['gateway.example.com'], { fromDays: -1, days: 90 }));
  await untilFacts(({ verified }) => verified === true);
  expect(codes()).toEqual(['gateway-ca-changed']);

  await publishCa(client(), authority.certPem);
  await publishServing(client(), await serving(90));
  await untilFacts(({ caChange: change, verified }) => verified === true && change?.setBackAt !== undefined);
  expect(codes()).toEqual([]);
});

test('the CA of an earlier release is read from its ConfigMap', async () => {
  await publishCa(client(), authority.certPem, 'ConfigMap');
  await publishServing(client(), await serving(90));
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilFacts(({ verified }) => verified === true);
  expect(facts()?.caObject).toBe('ConfigMap');
});

test('a Secret without a certificate is a finding', async () => {
  await publishCa(client(), 'not a certificate');
  const leaf = await selfSignedAgent('gateway', { days: 90 });
  await publishServing(client(), { certPem: '', keyPem: leaf.keyPem });
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilFacts(({ serving: certificate }) => certificate.state === 'unreadable');
  expect(controlPlane().findings.map(({ message }) => message)).toEqual([
    "The CA in the Secret cluster-gateway-ca can't be read: it contains no valid PEM certificate.",
    'The serving certificate in the Secret cluster-gateway-tls can\'t be read: it has no key "tls.crt".',
  ]);
  expect(facts()).toMatchObject({ verified: null, watchedSince: null });
});

test('a missing gateway has no findings', async () => {
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilFacts(() => true);
  expect(facts()).toMatchObject({
    ca: { state: 'missing' },
    serving: { state: 'missing' },
    verified: null,
    watchedSince: null,
  });
  expect(codes()).toEqual([]);
});

test("a Secret that Planeboard may not read has no findings, and the other's are reported", async () => {
  await publishCa(client(), authority.certPem);
  await publishServing(client(), await serving(5));
  const rules = [
    { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['cluster-gateway-tls'] },
  ];
  await grant(client(), 'half', rules);
  const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'half' });
  runtime = startRuntime(kubeconfigPath);
  await until(runtime, () => codes().includes('gateway-certificate-expired'));
  expect(facts()).toMatchObject({ ca: { state: 'not-checked' }, verified: null, watchedSince: null });
  expect(codes()).toEqual(['gateway-certificate-expired']);

  const { kubeconfigPath: without } = await demo.controlPlane.addUser({ name: 'none' });
  await runtime.stop();
  runtime = startRuntime(without);
  await untilFacts(() => true);
  expect(facts()).toMatchObject({ ca: { state: 'not-checked' }, serving: { state: 'not-checked' } });
  expect(codes()).toEqual([]);
});

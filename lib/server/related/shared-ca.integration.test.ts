import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { registerPlane } from '@/lib/server/registration/register-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { agentDraft } from '@/testing/server/agent-draft';
import { captureLog, planeNamed, startProcessRuntime, until } from '@/testing/server/test-runtime';
import { getRelatedResources } from './related-resources';

let demo: BareControlPlane;
let runtime: Runtime;
let admin: Caller;
let company: CertificateAuthority;
let other: CertificateAuthority;

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  await demo.controlPlane.client.post('/api/v1/namespaces', { metadata: { name: 'acme' } });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  admin = await serviceCaller();
  company = await CertificateAuthority.create('company agents', { days: 400 });
  other = await CertificateAuthority.create('other agents', { days: 400 });
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

async function register(name: string, caPem: string, planeID = name) {
  const base = agentDraft(runtime, { namespace: 'acme', name, caPem });
  const { warnings } = await registerPlane(admin, { ...base, spec: { ...base.spec, planeID } }, false);
  await until(runtime, () => planeNamed(runtime, name)?.facts.certificate.state === 'parsed');
  return warnings.map(({ message }) => message);
}

const sharedWith = async (name: string) =>
  (await getRelatedResources(admin, { plural: 'dataplanes', namespace: 'acme', name })).related.ca.sharedWith;

describe('a CA that several planes have registered', () => {
  test('is a fact of each of them, but not between planes of the same cluster', async () => {
    await register('east', company.certPem);
    await register('west', `${other.certPem}${company.certPem}`);
    await register('alone', (await CertificateAuthority.create('own', { days: 400 })).certPem);
    expect(await register('west-twin', company.certPem, 'west')).toEqual([]);
    expect((await sharedWith('east'))?.map(({ name }) => name).toSorted()).toEqual(['west', 'west-twin']);
    expect((await sharedWith('west'))?.map(({ name }) => name)).toEqual(['east']);
    expect(await sharedWith('alone')).toBeUndefined();
  });
});

describe('a plane on the planeID of another', () => {
  test('is registered with a warning if its CA is another one', async () => {
    await register('north', company.certPem);
    expect(await register('north-twin', other.certPem, 'north')).toContainEqual(
      'DataPlane acme/north on planeID "north" has another CA. One agent serves both planes, so each CA must verify its certificate.',
    );
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { Fault } from '@/testing/control-plane/fault-proxy';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { PlaneWrites } from '@/testing/server/plane-writes';

/**
 * An administrator's policy removes the annotations of new Secrets, and so the marks that tell which plane and which
 * replacement created one.
 */

const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const SECRETS = '/api/v1/namespaces/default/secrets';

let api: PlaneWrites;
let deletePolicy: (() => Promise<void>) | undefined;
let old: KeyPairPem;
let renewed: KeyPairPem;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('0.7');
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
  const probe = { metadata: { name: 'unmarked-probe', annotations: { a: 'b' } } };
  deletePolicy = await createMutatingPolicy(
    api.kube,
    'unmarked-replacements',
    {
      apiGroup: '',
      apiVersion: 'v1',
      resource: 'secrets',
      when: "object.metadata.name.startsWith('unmarked-') && has(object.metadata.annotations)",
      patches: '[JSONPatch{op: "remove", path: "/metadata/annotations"}]',
    },
    async () => {
      const { metadata } = await api.kube.post(`${SECRETS}?dryRun=All`, probe);
      return metadata.annotations === undefined;
    },
  );
});
afterAll(async () => {
  await deletePolicy?.();
  await api?.stop();
});
beforeEach(async () => {
  names += 1;
  name = `unmarked-${names}`;
  plane = `dataplanes/default/${name}`;
  const clientCA = { secretRef: { name: `${name}-ca`, key: 'ca.crt' } };
  await api.create(plane, { gateway: GATEWAY, agent: { enabled: true, clientCA } });
  await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const change = (write: 'new-secret' | 'in-place') => ({
  slot: 'agent.clientCA',
  action: 'replace',
  text: renewed.certPem,
  write,
});
const replace = (write: 'new-secret' | 'in-place') => api.done('POST', `${plane}/credentials`, change(write));
const refused = (write: 'new-secret' | 'in-place') =>
  api.refused('POST', `${plane}/credentials`, change(write));
const settle = (action: string) =>
  api.done('POST', `${plane}/replacements`, { slot: 'agent.clientCA', action });
const storedCa = async (secret: string) => (await api.secretData(secret))?.['ca.crt']?.trim();

/** Injects a fault into the nth write that matches; dry runs pass. */
function at(method: string, part: string, fault: Fault, nth = 1): void {
  let seen = 0;
  api.proxy.rule = (path, used) => {
    if (used !== method || !path.includes(part) || path.includes('dryRun')) return undefined;
    seen += 1;
    return seen === nth ? fault : undefined;
  };
}

describe('a new Secret whose annotations a policy removes', () => {
  test('replaces a credential', async () => {
    expect(await replace('new-secret')).toMatchObject({ switched: [{ to: `${name}-ca-2` }] });
    expect(await storedCa(`${name}-ca-2`)).toBe(renewed.certPem.trim());
    expect(JSON.stringify((await api.live(plane)).spec)).toContain(`${name}-ca-2`);
  });

  test('is deleted again when the switch is rejected', async () => {
    at('PATCH', `/dataplanes/${name}`, { status: 403 }, 2);
    await refused('new-secret');
    expect(await api.secretData(`${name}-ca-2`)).toBeUndefined();
  });

  test('has an unknown outcome when the answer is lost, and undoing it says that the Secret is kept', async () => {
    at('POST', '/secrets', 'lose-answer');
    expect((await refused('new-secret')).detail).toContain('Outcome unknown');
    api.proxy.rule = undefined;
    const problem = await api.refused('POST', `${plane}/replacements`, {
      slot: 'agent.clientCA',
      action: 'finish',
    });
    expect(problem.detail).toContain("exists, but isn't marked as written by this replacement");
    const { done } = await settle('restore');
    expect(done).toEqual([expect.stringContaining(`Secret ${name}-ca-2`)]);
    expect(done).toEqual([expect.stringContaining('was kept')]);
    expect(await api.secretData(`${name}-ca-2`)).toBeDefined();
  });

  test('has an unknown outcome when a proxy sends its creation twice', async () => {
    at('POST', '/secrets', 'send-twice');
    expect((await refused('new-secret')).detail).toContain('Outcome unknown');
    expect(await api.secretData(`${name}-ca-2`)).toBeDefined();
  });

  test('is kept when the replacement is undone, which says so', async () => {
    await replace('new-secret');
    const { done } = await settle('restore');
    expect(done).toEqual([expect.stringContaining('was kept')]);
    expect(await api.secretData(`${name}-ca-2`)).toBeDefined();
  });

  test('is kept when its plane is deleted, and nothing claims that someone else created it', async () => {
    await replace('new-secret');
    const { uid } = (await api.live(plane)).metadata;
    const answer = await api.done('DELETE', plane, { confirm: name, uid, deleteSecret: true });
    expect(answer).toMatchObject({ outcome: 'gone', secret: 'kept' });
    expect(answer.secretProblem).toContain('is marked as created by Planeboard for this plane');
    expect(await api.secretData(`${name}-ca-2`)).toBeDefined();
  });
});

test('a change of a Secret whose annotations a policy removes is rejected with this cause, and nothing is written', async () => {
  const problem = await refused('in-place');
  expect(problem.detail).toContain("The response doesn't show the change. A policy or webhook may remove it");
  expect(await storedCa(`${name}-ca`)).toBe(old.certPem.trim());
});

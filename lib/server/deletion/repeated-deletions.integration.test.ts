import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Fault } from '@/testing/control-plane/fault-proxy';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { deleteLeftover } from './leftover-secrets';

/** A proxy may send a deletion twice. The API server carries out the first, and the second finds nothing. */

const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const OLD_ENOUGH = { timeout: 10_000, interval: 250 };

let api: PlaneWrites;
let old: KeyPairPem;
let renewed: KeyPairPem;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('0.7');
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
});
afterAll(() => api?.stop());
beforeEach(() => {
  names += 1;
  name = `deleted-${names}`;
  plane = `dataplanes/default/${name}`;
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const ownSecret = () =>
  api.secret(
    `${name}-ca`,
    { 'ca.crt': old.certPem },
    {
      labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
      annotations: { 'planeboard.openchoreo.dev/plane': plane },
    },
  );
async function withSecret(): Promise<string> {
  await ownSecret();
  const clientCA = { secretRef: { name: `${name}-ca`, key: 'ca.crt' } };
  const created = await api.create(plane, { gateway: GATEWAY, agent: { enabled: true, clientCA } });
  return created.metadata.uid ?? '';
}
function atDelete(fault: (path: string) => Fault): void {
  api.proxy.rule = (path, method) => (method === 'DELETE' ? fault(path) : undefined);
}
const sendTwice = () => atDelete(() => 'send-twice');
const replace = () =>
  api.done('POST', `${plane}/credentials`, {
    slot: 'agent.clientCA',
    action: 'replace',
    text: renewed.certPem,
    write: 'new-secret',
  });
const settle = (action: string) =>
  api.done('POST', `${plane}/replacements`, { slot: 'agent.clientCA', action });

describe('a deletion that reaches the API server twice', () => {
  test('deletes a plane and its Secret', async () => {
    const uid = await withSecret();
    sendTwice();
    expect(await api.done('DELETE', plane, { confirm: name, uid, deleteSecret: true })).toEqual({
      outcome: 'gone',
      secret: 'deleted',
    });
    expect(await api.find(plane)).toBeUndefined();
    expect(await api.secretData(`${name}-ca`)).toBeUndefined();
    expect(api.audits().map(({ verb, outcome }) => `${verb} ${outcome}`)).toEqual([
      'delete not-found',
      'delete not-found',
    ]);
  });

  test('deletes a leftover Secret', async () => {
    const { metadata } = await ownSecret();
    sendTwice();
    const caller = await serviceCaller();
    const target = { namespace: 'default', name: `${name}-ca`, uid: metadata.uid ?? '' };
    await expect
      .poll(
        () =>
          deleteLeftover(caller, target).then(
            () => 'deleted',
            ({ code }) => code as string,
          ),
        OLD_ENOUGH,
      )
      .toBe('deleted');
    expect(await api.secretData(`${name}-ca`)).toBeUndefined();
    await expect(deleteLeftover(caller, target)).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    ['the new Secret of an undone replacement', 'restore', '-ca-2'],
    ['the old Secret of a finished replacement', 'delete-old', '-ca'],
  ])('deletes %s', async (_, action, secret) => {
    await withSecret();
    await replace();
    sendTwice();
    expect((await settle(action)).done).toEqual([expect.stringMatching(`${name}${secret} .*was deleted`)]);
    expect(await api.secretData(`${name}${secret}`)).toBeUndefined();
  });

  test('deletes the new Secret of a rejected replacement', async () => {
    await withSecret();
    let patches = 0;
    api.proxy.rule = (path, method) => {
      if (method === 'DELETE') return 'send-twice';
      if (method !== 'PATCH' || path.includes('dryRun')) return undefined;
      patches += 1;
      return patches === 2 ? { status: 403 } : undefined;
    };
    const problem = await api.refused('POST', `${plane}/credentials`, {
      slot: 'agent.clientCA',
      action: 'replace',
      text: renewed.certPem,
      write: 'new-secret',
    });
    expect(problem.detail).not.toMatch(/couldn't be|not found/);
    expect(await api.secretData(`${name}-ca-2`)).toBeUndefined();
  });
});

test('an answer that the plane is missing proves no deletion while the plane exists', async () => {
  const uid = await withSecret();
  const body = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'NotFound',
    code: 404,
  });
  atDelete(() => ({ status: 404, body }));
  const problem = await api.refused('DELETE', plane, { confirm: name, uid, deleteSecret: true });
  expect(problem.detail).toContain('Outcome unknown: the deletion of the data plane');
  expect(await api.find(plane)).toBeDefined();
  expect(await api.secretData(`${name}-ca`)).toBeDefined();
});

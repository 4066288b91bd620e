import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { PlaneWrites } from '@/testing/server/plane-writes';

/** A proxy may send a write twice. The API server stores the first and rejects the second because of it. */

const DISPLAY_NAME = 'openchoreo.dev/display-name';
const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };

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
beforeEach(async () => {
  names += 1;
  name = `repeated-${names}`;
  plane = `dataplanes/default/${name}`;
  const clientCA = { secretRef: { name: `${name}-ca`, key: 'ca.crt' } };
  await api.create(plane, { gateway: GATEWAY, agent: { enabled: true, clientCA } });
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const displayName = async () => (await api.live(plane)).metadata.annotations?.[DISPLAY_NAME];
const edit = async (changes: object, more: object = {}) => ({
  resourceVersion: await api.version(plane),
  changes,
  ...more,
});
const replaceCa = () =>
  api.done('POST', `${plane}/credentials`, {
    slot: 'agent.clientCA',
    action: 'replace',
    text: renewed.certPem,
  });
const storedCa = async () => (await api.secretData(`${name}-ca`))?.['ca.crt']?.trim();
const outcomes = (kind: string) =>
  api.audits().flatMap(({ object, outcome }) => (object.kind === kind ? [outcome] : []));

/** Sends every write that matches twice to the API server; dry runs pass. */
function sendTwice(method: string, part: string): void {
  api.proxy.rule = (path, used) =>
    used === method && path.includes(part) && !path.includes('dryRun') ? 'send-twice' : undefined;
}

describe('a write that reaches the API server twice', () => {
  test('is saved when it changes a plane', async () => {
    sendTwice('PATCH', `/dataplanes/${name}`);
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(answer.resourceVersion).toBe(await api.version(plane));
    expect(await displayName()).toBe('mine');
    expect(outcomes('DataPlane').slice(-2)).toEqual(['conflict', 'found-written']);
  });

  test('is saved when it changes a Secret', async () => {
    await api.secret(`${name}-ca`, { 'ca.crt': old.certPem });
    sendTwice('PATCH', '/');
    await replaceCa();
    expect(await storedCa()).toBe(renewed.certPem.trim());
  });

  test('is saved when it creates a Secret', async () => {
    sendTwice('POST', '/secrets');
    await replaceCa();
    expect(await storedCa()).toBe(renewed.certPem.trim());
  });
});

describe('an edit that reaches Planeboard twice', () => {
  test('is saved both times', async () => {
    const request = await edit({
      displayName: 'mine',
      spec: { gateway: { publicVirtualHost: 'c.example.com' } },
    });
    await api.done('PATCH', plane, request);
    const again = await api.done('PATCH', plane, request);
    expect(again.resourceVersion).toBe(await api.version(plane));
  });

  test('is a conflict when someone else has changed its field since', async () => {
    const request = await edit({ displayName: 'mine' });
    await api.done('PATCH', plane, request);
    await api.done('PATCH', plane, await edit({ displayName: 'theirs' }));
    expect((await api.refused('PATCH', plane, request)).code).toBe('conflict');
    expect(await displayName()).toBe('theirs');
  });

  test('is a conflict in a dry run, which shows what someone else has changed', async () => {
    const request = await edit({ displayName: 'mine' }, { dryRun: true });
    await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect((await api.refused('PATCH', plane, request)).code).toBe('conflict');
  });
});

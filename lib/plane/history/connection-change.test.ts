import { describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { installedKind } from '@/testing/plane/installed-kinds';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { connectionChange, pendingCaChange, type ShownEntry, type ShownWrite } from './connection-change';

const PLANE_ID = ['spec', 'planeID'];
const CA = ['spec', 'clusterAgent', 'clientCA', 'secretKeyRef', 'name'];
/** As a replacement is recorded: by the id of the credential's slot. */
const record = (action: string, slot = 'clusterAgent.clientCA') => [
  'metadata',
  'annotations',
  REPLACED_ANNOTATION,
  slot,
  action,
];

function entry(agoMs: number, path: string[], write: Partial<ShownWrite> = {}): ShownEntry {
  return {
    at: ago(agoMs),
    write: {
      resourceVersion: String(agoMs),
      by: 'you',
      fields: [{ path, change: 'changed' }],
      wasConnected: true,
      ...write,
    },
  };
}

const moved = (agoMs = MINUTE_MS, write: Partial<ShownWrite> = {}) =>
  entry(agoMs, PLANE_ID, { planeID: { before: 'a', after: 'b', written: 'a' }, ...write });

/** A plane on planeID `b` whose agent disconnected. */
function lost(agent: Partial<NonNullable<Plane['agent']>> = {}): Plane {
  return aPlane({
    planeID: 'b',
    agent: { connected: false, connectedAgents: 0, lastConnectedTime: ago(DAY_MS), ...agent },
  });
}

describe('a change that the connection ended after', () => {
  test('is that of the planeID, with what restores it', () => {
    expect(connectionChange([{ at: ago(0) }, moved()], lost())).toEqual({
      atMs: NOW_MS - MINUTE_MS,
      by: 'you',
      subject: 'planeID',
      fields: [{ path: PLANE_ID, change: 'changed' }],
      wasConnected: true,
      planeID: { before: 'a', after: 'b', written: 'a' },
    });
  });

  test('is the one before which the plane was connected, not a later attempt', () => {
    const later = moved(1000, {
      by: 'jane',
      wasConnected: false,
      planeID: { before: 'c', after: 'b', written: 'c' },
    });
    expect(connectionChange([later, moved()], lost())).toMatchObject({ by: 'you' });
  });

  test.each([
    ['ca', CA],
    ['ca', record('replace')],
    ['ca', record('keep-only')],
    ['ca', record('replace', 'agent.clientCA.value')],
    ['settings', record('replace', 'kubernetesCluster.auth.mtls.clientCert')],
    ['settings', ['spec', 'agent', 'enabled']],
    ['settings', ['spec', 'kubernetesCluster', 'server']],
  ])('is one of the %s for %j', (subject, path) => {
    expect(connectionChange([entry(MINUTE_MS, path)], lost())).toMatchObject({ subject });
  });

  test.each(RELEASES)('is the replacement of any credential of a connection in release %s', (release) => {
    for (const { id, purpose, path } of credentialSlots(installedKind(release, 'DataPlane'))) {
      const found = connectionChange([entry(MINUTE_MS, record('replace', id))], lost());
      if (purpose === 'agent-ca') expect(found?.subject, id).toBe('ca');
      else if (path[0] === 'kubernetesCluster') expect(found?.subject, id).toBe('settings');
      else expect(found, id).toBeNull();
    }
  });

  test.each([
    ['in the same edit', 1000],
    ['in a later edit', 500],
    ['before it is undone', 2000],
  ])('is the one made while another had ended the connection, which was undone: %s', (_, agoMs) => {
    const change = moved(MINUTE_MS, { resourceVersion: '7' });
    const back = moved(1000, {
      resourceVersion: '8',
      wasConnected: false,
      takesBack: { resourceVersion: '7', by: 'you' },
      planeID: { before: 'b', after: 'a', written: 'b' },
    });
    const ca = entry(agoMs, CA, { wasConnected: false, by: 'jane' });
    const later = entry(100, ['spec', 'agent', 'enabled'], { wasConnected: false });
    const entries = [later, ...(agoMs > 1000 ? [back, ca] : [ca, back]), change];
    expect(connectionChange(entries, { ...lost(), planeID: 'a' })).toMatchObject({
      subject: 'ca',
      by: 'jane',
      wasConnected: false,
    });
  });

  test('may be one that was made while the status was stale', () => {
    expect(connectionChange([moved(1000, { wasConnected: null })], lost())).toMatchObject({
      subject: 'planeID',
      wasConnected: null,
    });
  });

  test('is found on a plane without an agent by its conditions', () => {
    const { agent: _, ...plane } = aPlane({ conditions: [{ type: 'Connected', status: 'False' }] });
    const change = entry(MINUTE_MS, ['spec', 'kubernetesCluster', 'server']);
    expect(connectionChange([change], plane)).toMatchObject({ subject: 'settings' });
    expect(connectionChange([change], { ...plane, conditions: [] })).toBeNull();
  });
});

const inSecret = (slot: string, write: Partial<ShownWrite> = {}) =>
  entry(MINUTE_MS, ['secret', 'acme/prod', 'key', slot], { by: null, ...write });

describe('changes of Secrets that one reading showed', () => {
  const [cert, key] = ['kubernetesCluster.auth.mtls.clientCert', 'kubernetesCluster.auth.mtls.clientKey'];
  const both = [inSecret(key, { resourceVersion: '2' }), inSecret(cert, { resourceVersion: '1' })];
  const slots = (entries: readonly ShownEntry[]) =>
    connectionChange(entries, lost())?.fields.map(({ path }) => path[3]);

  test('are named together', () => {
    expect(slots(both)).toEqual([cert, key]);
  });

  test('are named without those that were set back', () => {
    const takesBack = { resourceVersion: '1', by: null };
    const back = inSecret(cert, { resourceVersion: '3', takesBack });
    expect(slots([{ ...back, at: ago(1000) }, ...both])).toEqual([key]);
  });

  test('include another token after a removal, which is no set back', () => {
    const removed = entry(HOUR_MS, ['secret', 'acme/prod', 'key', cert], { by: null });
    expect(slots([inSecret(cert), removed])).toEqual([cert]);
  });
});

describe('a change of the CA in its Secret under a connected agent', () => {
  const change = inSecret('agent-ca', { resourceVersion: '1' });
  const back = inSecret('agent-ca', { takesBack: { resourceVersion: '1', by: null } });
  const connected = (agent: Partial<NonNullable<Plane['agent']>> = {}) =>
    lost({ connected: true, connectedAgents: 1, ...agent });

  test('is pending until the agent connects again', () => {
    expect(pendingCaChange([change], connected())).toMatchObject({ atMs: NOW_MS - MINUTE_MS });
    expect(pendingCaChange([change], connected({ lastConnectedTime: ago(1000) }))).toBeNull();
  });

  test.each<[string, ShownEntry[], Plane]>([
    ['after it was set back', [{ ...back, at: ago(1000) }, change], connected()],
    ['on a plane that is disconnected', [change], lost()],
    ['of another credential', [inSecret('observer.password')], connected()],
  ])("isn't pending %s", (_, entries, plane) => {
    expect(pendingCaChange(entries, plane)).toBeNull();
  });
});

describe('no change is named', () => {
  test.each<[string, ShownEntry[], Plane]>([
    ['when the plane is connected', [moved()], aPlane({ planeID: 'b' })],
    ['when it has connected since', [moved(HOUR_MS)], lost({ lastConnectedTime: ago(MINUTE_MS) })],
    ["when it wasn't connected before", [moved(MINUTE_MS, { wasConnected: false })], lost()],
    [
      'when the earlier planeID is set again',
      [moved(1000, { wasConnected: false }), moved()],
      {
        ...lost(),
        planeID: 'a',
      },
    ],
    ['for fields that no connection depends on', [entry(MINUTE_MS, ['spec', 'gateway', 'host'])], lost()],
    ['for an added certificate', [entry(MINUTE_MS, record('add'))], lost()],
    [
      'for a Secret that was set back, whatever the change before was',
      [
        entry(MINUTE_MS, ['secret', 'acme/ca', 'ca.crt', 'agent-ca'], {
          by: null,
          takesBack: { resourceVersion: 'unknown', by: null },
        }),
      ],
      lost(),
    ],
    [
      'once the old certificate is restored beside the new one',
      [entry(1000, record('restore'), { wasConnected: false }), entry(MINUTE_MS, record('replace'))],
      lost(),
    ],
    [
      'for a credential of another slot',
      [entry(MINUTE_MS, record('replace', 'observer.authentication.basicAuth.password'))],
      lost(),
    ],
    ['when nothing is recorded', [], lost()],
    ['of an unreadable plane', [moved()], { ...lost(), unreadable: ['Spec.'] }],
  ])('%s', (_, entries, plane) => {
    expect(connectionChange(entries, plane)).toBeNull();
  });

  test.each([
    [
      'planeID',
      PLANE_ID,
      { before: 'a', after: 'b', written: 'a' },
      { before: 'b', after: 'a', written: 'b' },
    ],
    ['CA', CA, undefined, undefined],
  ])('once a changed %s is set back before the status notices', (_, path, changed, restored) => {
    const change = entry(MINUTE_MS, path, { resourceVersion: '7', planeID: changed });
    const back = entry(1000, path, {
      resourceVersion: '8',
      takesBack: { resourceVersion: '7', by: 'you' },
      planeID: restored,
    });
    expect(connectionChange([back, change], { ...lost(), planeID: 'a' })).toBeNull();
    const again = entry(0, path, {
      resourceVersion: '9',
      takesBack: { resourceVersion: '8', by: 'you' },
      planeID: changed,
    });
    expect(connectionChange([again, back, change], lost())).toMatchObject({ atMs: NOW_MS });
  });

  test('once the first value is set again after further changes', () => {
    const changes = (path: string[]) => [
      entry(1000, path, {
        resourceVersion: '9',
        wasConnected: false,
        takesBack: { resourceVersion: '7', by: 'you' },
        planeID: { before: 'c', after: 'a', written: 'c' },
      }),
      entry(2000, path, {
        resourceVersion: '8',
        wasConnected: false,
        planeID: { before: 'b', after: 'c', written: 'b' },
      }),
      entry(MINUTE_MS, path, {
        resourceVersion: '7',
        planeID: { before: 'a', after: 'b', written: 'a' },
      }),
    ];
    for (const path of [PLANE_ID, CA])
      expect(connectionChange(changes(path), { ...lost(), planeID: 'a' })).toBeNull();
  });

  test('of the fields that are set back, only of the others', () => {
    const fields = [PLANE_ID, CA].map((path) => ({ path, change: 'changed' as const }));
    const change = moved(MINUTE_MS, { resourceVersion: '7', fields });
    const back = moved(1000, {
      resourceVersion: '8',
      takesBack: { resourceVersion: '7', by: 'you' },
      planeID: { before: 'b', after: 'a', written: 'b' },
    });
    expect(connectionChange([back, change], { ...lost(), planeID: 'a' })).toMatchObject({
      subject: 'ca',
      fields: [{ path: CA }],
    });
  });

  test('once a changed CA is set back, whether it was one Secret or a new one', () => {
    const change = entry(MINUTE_MS, CA, { resourceVersion: '7' });
    const back = entry(1000, CA, {
      wasConnected: false,
      takesBack: { resourceVersion: '7', by: 'you' },
    });
    const withRecord = entry(MINUTE_MS, record('replace'), { resourceVersion: '7' });
    expect(connectionChange([withRecord, change], lost())).toMatchObject({ subject: 'ca' });
    expect(connectionChange([back, change], lost())).toBeNull();
    expect(connectionChange([back, withRecord, change], lost())).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { CERTIFICATE_PEM, DRAFT_ID } from '@/testing/plane/draft-fixture';
import { installedKind, installedKinds } from '@/testing/plane/installed-kinds';
import { draftSchema } from './draft';
import { draftForKind, isBegun, newDraft } from './new-draft';
import { nextFreeName, proposedPlaneID, proposedSecretName } from './proposed-names';

const dataPlane = installedKind('1.2', 'DataPlane');
const clusterDataPlane = installedKind('1.2', 'ClusterDataPlane');
const workflowPlane = installedKind('1.2', 'WorkflowPlane');
const CA = 'clusterAgent.clientCA';

describe('a new draft', () => {
  test('can be read by the server for every kind of every profile', () => {
    for (const release of RELEASES) {
      for (const kind of installedKinds(release)) {
        const draft = newDraft(kind, DRAFT_ID);
        expect(draftSchema.parse(draft)).toEqual(draft);
        expect(Object.keys(draft.credentials)).toEqual(credentialSlots(kind).map(({ id }) => id));
      }
    }
  });

  test("puts a cluster-wide plane's Secret into the control plane's namespace, a namespaced one's into its own", () => {
    expect(newDraft(clusterDataPlane, DRAFT_ID, { namespace: 'acme' })).toMatchObject({
      namespace: '',
      credentials: { [CA]: { source: 'new-secret', namespace: 'openchoreo-control-plane', key: 'ca.crt' } },
    });
    expect(newDraft(dataPlane, DRAFT_ID, { namespace: 'acme' })).toMatchObject({
      namespace: 'acme',
      credentials: { [CA]: { source: 'new-secret', namespace: '', key: 'ca.crt' } },
    });
  });

  test("has the planeID and the CA's Secret of its sibling", () => {
    const agentCa = {
      source: 'existing-secret' as const,
      text: '',
      namespace: 'vault',
      name: 'ca',
      key: 'ca.crt',
    };
    const draft = newDraft(dataPlane, DRAFT_ID, { sibling: { planeID: 'shared', agentCa } });
    expect(draft.spec).toEqual({ planeID: 'shared' });
    expect(draft.credentials[CA]).toEqual(agentCa);
  });
});

describe('draftForKind', () => {
  const draft = {
    ...newDraft(dataPlane, DRAFT_ID, { namespace: 'acme' }),
    name: 'prod',
    displayName: 'Production',
    spec: {
      planeID: 'prod-cluster',
      gateway: { ingress: {} },
      secretStoreRef: { name: 'vault' },
      observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' },
    },
  };
  draft.credentials[CA] = {
    source: 'new-secret',
    text: CERTIFICATE_PEM,
    namespace: '',
    name: 'prod-agent-ca',
    key: 'ca.crt',
  };

  test('keeps identity, credentials and the fields that both kinds have', () => {
    expect(draftForKind(draft, workflowPlane)).toMatchObject({
      id: DRAFT_ID,
      plural: 'workflowplanes',
      namespace: 'acme',
      name: 'prod',
      displayName: 'Production',
      spec: {
        planeID: 'prod-cluster',
        secretStoreRef: { name: 'vault' },
        observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' },
      },
      credentials: { [CA]: { text: CERTIFICATE_PEM, name: 'prod-agent-ca' } },
    });
    expect(draftForKind(draft, workflowPlane).spec).not.toHaveProperty('gateway');
  });

  test('moves the Secret and drops a disallowed reference in the other scope', () => {
    const cluster = draftForKind(draft, clusterDataPlane);
    expect(cluster.namespace).toBe('');
    expect(cluster.credentials[CA]?.namespace).toBe('openchoreo-control-plane');
    expect(cluster.spec).toHaveProperty('gateway');
    expect(cluster.spec).not.toHaveProperty('observabilityPlaneRef');
    expect(draftForKind(cluster, dataPlane).credentials[CA]?.namespace).toBe('');
  });

  test('switches to direct access in a release without agents', () => {
    const old = installedKind('0.3', 'BuildPlane');
    expect(draftForKind(draft, old)).toMatchObject({ connection: 'direct', name: 'prod', spec: {} });
  });
});

describe('proposed names', () => {
  test.each([
    ['prod-eu', 'prod-eu'],
    ['prod.eu', 'prod-eu'],
    ['Prod EU', 'prod-eu'],
    ['-a-', 'a'],
    [`${'a'.repeat(62)}.b`, 'a'.repeat(62)],
    ['ü', ''],
    ['', ''],
  ])('%j proposes the planeID %j', (name, expected) => {
    expect(proposedPlaneID(name)).toBe(expected);
  });

  test("never propose a Secret's name longer than the limit", () => {
    const [slot] = credentialSlots(dataPlane);
    if (!slot) throw new Error('There is no slot.');
    const named = (name: string) => proposedSecretName({ name, plural: 'dataplanes' }, slot);
    expect(named('prod')).toBe('prod-agent-ca');
    expect(named('')).toBe('');
    expect(named('a'.repeat(253))).toHaveLength(253);
  });

  test('give cluster-wide planes of one name different Secrets, because they share a namespace', () => {
    const [slot] = credentialSlots(dataPlane);
    if (!slot) throw new Error('There is no slot.');
    const plurals = PLANE_KINDS.filter(({ scope }) => scope === 'Cluster').map(({ plural }) => plural);
    const names = plurals.map((plural) => proposedSecretName({ name: 'default', plural }, slot));
    expect(names[0]).toBe('default-dataplane-agent-ca');
    expect(new Set(names).size).toBe(plurals.length);
    expect(names).not.toContain(proposedSecretName({ name: 'default', plural: 'dataplanes' }, slot));
  });

  test.each([
    ['prod-agent-ca', [], 'prod-agent-ca-2'],
    ['prod-agent-ca', ['prod-agent-ca', 'prod-agent-ca-2', 'prod-agent-ca-4'], 'prod-agent-ca-3'],
    ['a'.repeat(253), [], `${'a'.repeat(251)}-2`],
  ])('%s with %j taken becomes %s', (name, taken, expected) => {
    expect(nextFreeName(name, taken)).toBe(expected);
  });
});

test('a draft is begun once anything was entered, and stays new after it was stored and read', () => {
  const draft = newDraft(dataPlane, DRAFT_ID);
  expect(isBegun(draftSchema.parse(JSON.parse(JSON.stringify(draft))), dataPlane)).toBe(false);
  expect(isBegun({ ...draft, namespace: 'shop' }, dataPlane)).toBe(true);
  expect(isBegun({ ...draft, description: 'x' }, dataPlane)).toBe(true);
  expect(isBegun(draft, undefined), 'Its kind is unknown, so it may contain anything.').toBe(true);
});

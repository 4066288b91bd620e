import { describe, expect, it } from 'vitest';
import { installedKind } from '@/testing/plane/installed-kinds';
import type { Draft } from './draft';
import { holdsTypedSecret, valueInDraft, withIdentityOf, withName, withSpecValue } from './draft-changes';
import { newDraft } from './new-draft';

const ID = '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const CA = 'clusterAgent.clientCA';
const dataPlane = installedKind('1.2', 'DataPlane');
const directPlane = installedKind('0.7', 'DataPlane');

function draftNamed(name: string, followPlaneID = true): Draft {
  return withName(newDraft(dataPlane, ID, { namespace: 'acme' }), name, dataPlane, followPlaneID);
}

describe('withName', () => {
  it('proposes the planeID and the name of the new Secret from the name', () => {
    const draft = draftNamed('prod.eu');
    expect(draft.spec.planeID).toBe('prod-eu');
    expect(draft.credentials[CA]?.name).toBe('prod.eu-agent-ca');
  });

  it('keeps a chosen planeID, even while the name happens to propose the same', () => {
    const chosen = withSpecValue(draftNamed('a'), ['planeID'], 'prod');
    const passing = withName(chosen, 'prod', dataPlane, false);
    expect(withName(passing, 'prod-tenant', dataPlane, false).spec.planeID).toBe('prod');
  });

  it('keeps the chosen name of a Secret', () => {
    const draft = draftNamed('prod');
    const credential = draft.credentials[CA];
    if (!credential) throw new Error('There is no CA.');
    const chosen = { ...draft, credentials: { [CA]: { ...credential, name: 'own' } } };
    expect(withName(chosen, 'staging', dataPlane, true).credentials[CA]?.name).toBe('own');
    const existing = {
      ...draft,
      credentials: { [CA]: { ...credential, source: 'existing-secret' as const } },
    };
    expect(withName(existing, 'staging', dataPlane, true).credentials[CA]?.name).toBe('prod-agent-ca');
  });

  it('adds no planeID in a release without one', () => {
    const draft = withName(newDraft(directPlane, ID), 'prod', directPlane, true);
    expect(draft.spec).not.toHaveProperty('planeID');
  });
});

describe('withIdentityOf', () => {
  it('takes names and id from the draft and the rest from the parked one', () => {
    const parked = withSpecValue(draftNamed('old'), ['secretStoreRef', 'name'], 'vault');
    const now: Draft = { ...draftNamed('new'), id: 'another', displayName: 'New' };
    const together = withIdentityOf(parked, now, dataPlane, true);
    expect(together).toMatchObject({ id: 'another', name: 'new', displayName: 'New' });
    expect(together.spec).toEqual({ planeID: 'new', secretStoreRef: { name: 'vault' } });
  });
});

describe('valueInDraft', () => {
  const draft = withSpecValue(draftNamed('prod'), ['gateway', 'ingress'], { a: 1 });
  it.each([
    [['name'], 'prod'],
    [['spec', 'gateway', 'ingress', 'a'], 1],
    [['credentials', CA, 'key'], 'ca.crt'],
    [['credentials', CA], draft.credentials[CA]],
    [['credentials', 'none', 'key'], undefined],
    [['toString'], undefined],
    [[], undefined],
  ])('%j', (path, value) => {
    expect(valueInDraft(draft, path)).toEqual(value);
  });
});

describe('holdsTypedSecret', () => {
  function typed(slotId: string): boolean {
    const draft = newDraft(directPlane, ID);
    const credential = draft.credentials[slotId];
    if (!credential) throw new Error(`There is no ${slotId}.`);
    const credentials = { ...draft.credentials, [slotId]: { ...credential, text: 'typed' } };
    return holdsTypedSecret({ ...draft, credentials }, directPlane);
  }

  it.each([
    ['kubernetesCluster.auth.mtls.clientKey', true],
    ['kubernetesCluster.auth.bearerToken', true],
    ['kubernetesCluster.auth.mtls.clientCert', false],
    ['agent.clientCA', false],
  ])('%s: %s', (slotId, expected) => {
    expect(typed(slotId)).toBe(expected);
  });

  it('is false for an untouched draft', () => {
    expect(holdsTypedSecret(newDraft(directPlane, ID), directPlane)).toBe(false);
  });
});

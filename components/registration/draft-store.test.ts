import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { installedKind } from '@/testing/plane/installed-kinds';
import { DraftStore } from './draft-store';

const ID = '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const OTHER_ID = '0d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const THIRD_ID = '1d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const dataPlane = installedKind('1.2', 'DataPlane');
const clusterPlane = installedKind('1.2', 'ClusterDataPlane');

let store: DraftStore;
beforeEach(() => {
  store = new DraftStore();
});

function begin(changes: Partial<Draft> = {}): Draft {
  const draft = { ...newDraft(dataPlane, ID), ...changes };
  store.begin(draft);
  return draft;
}

describe('DraftStore', () => {
  it('notifies its listeners of changes only', () => {
    begin();
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    store.change((draft) => draft);
    expect(listener).not.toHaveBeenCalled();
    store.change((draft) => ({ ...draft, name: 'prod' }));
    expect(listener).toHaveBeenCalledOnce();
    unsubscribe();
    store.change((draft) => ({ ...draft, name: 'other' }));
    expect(listener).toHaveBeenCalledOnce();
  });

  it('changes nothing while there is no draft', () => {
    store.change((draft) => ({ ...draft, name: 'prod' }));
    store.setPlaneID('prod');
    expect(store.get().draft).toBeNull();
  });

  it("drops the API server's problems with a changed field and with the whole draft, and keeps the others", () => {
    begin();
    store.setServerProblems([
      { path: ['name'], severity: 'error', message: 'taken' },
      { path: ['spec', 'planeID'], severity: 'error', message: 'refused' },
      { path: [], severity: 'error', message: 'about all of it' },
    ]);
    store.change((draft) => ({ ...draft, name: 'other' }));
    expect(store.get().serverProblems.map(({ message }) => message)).toEqual(['refused']);
  });

  it('counts every step before the current one as attempted', () => {
    begin();
    store.visit('connection');
    expect([...store.get().attemptedSteps]).toEqual(['kind', 'identity']);
    store.visit('connection', true);
    expect(store.get().attemptedSteps.has('connection')).toBe(true);
  });

  it('treats an added part as untouched, even if a removed one had the same key', () => {
    begin();
    for (const key of ['spec.list.0.name', 'spec.list.1.name', 'spec.listing']) store.leaveField(key);
    store.addField('spec.list.1');
    expect([...store.get().leftFields]).toEqual(['spec.list.0.name', 'spec.listing']);
    expect([...store.get().addedFields]).toEqual(['spec.list.1']);
    store.clearAdded();
    expect(store.get().addedFields.size).toBe(0);
  });

  it('lets a cleared planeID follow the name again', () => {
    begin();
    store.setPlaneID('own');
    expect(store.get()).toMatchObject({ ownPlaneID: true, draft: { spec: { planeID: 'own' } } });
    store.setPlaneID('');
    expect(store.get().ownPlaneID).toBe(false);
  });

  it('restores the draft of a kind when that kind is chosen again', () => {
    const data = begin({ description: 'typed for data' });
    const cluster = newDraft(clusterPlane, ID);
    store.chooseKind('clusterdataplanes', (parked) => {
      expect(parked).toBeNull();
      return cluster;
    });
    store.chooseKind('dataplanes', (parked) => {
      expect(parked).toBe(data);
      return parked ?? data;
    });
    store.clear();
    begin();
    store.chooseKind('clusterdataplanes', (parked) => {
      expect(parked, 'A new draft has nothing parked.').toBeNull();
      return cluster;
    });
  });

  it('says that a named draft was there when the page opened, until it is changed', () => {
    begin();
    store.reopen();
    expect(store.get().restored, 'A draft without a name holds nothing.').toBeNull();
    store.change((draft) => ({ ...draft, name: 'prod' }));
    store.reopen();
    expect(store.get().restored).toBe('whole');
    store.change((draft) => ({ ...draft, name: 'other' }));
    expect(store.get().restored).toBeNull();
  });

  it('keeps a draft as it is when a link offers another kind, and sets it aside when that is started', () => {
    const data = begin({ namespace: 'shop', name: 'first' });
    store.visit('identity');
    store.offerKind('clusterdataplanes');
    expect(store.get()).toMatchObject({ draft: data, offeredKind: 'clusterdataplanes' });
    const cluster = newDraft(clusterPlane, OTHER_ID);
    store.beginAnother(cluster);
    expect(store.get()).toMatchObject({ draft: cluster, offeredKind: null, others: [{ draft: data }] });
    store.chooseKind('dataplanes', (earlier) => {
      expect(earlier, 'The first draft is not a part of the second.').toBeNull();
      return { ...data, id: OTHER_ID };
    });
    store.switchTo(ID);
    expect(store.get()).toMatchObject({ draft: data, others: [{ draft: { id: OTHER_ID } }] });
    expect([...store.get().openedSteps]).toEqual(['identity']);
  });

  it('keeps all other drafts until each is removed', () => {
    begin({ name: 'first' });
    store.beginAnother({ ...newDraft(dataPlane, OTHER_ID), name: 'second' }, { ownPlaneID: true });
    store.beginAnother(newDraft(clusterPlane, THIRD_ID));
    store.switchTo(OTHER_ID);
    expect(store.get()).toMatchObject({ draft: { name: 'second' }, ownPlaneID: true });
    store.clear();
    expect(store.get().others.map(({ draft }) => draft.id)).toEqual([THIRD_ID, ID]);
    store.removeOther(THIRD_ID);
    store.switchTo(ID);
    expect(store.get()).toMatchObject({ draft: { name: 'first' }, others: [] });
  });
});

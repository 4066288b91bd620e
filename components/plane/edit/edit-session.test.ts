import { describe, expect, test } from 'vitest';
import type { EditBase } from '@/lib/plane/edit/editable-object';
import type { JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { installedKind } from '@/testing/plane/installed-kinds';
import { changedFields } from './changed-fields';
import {
  beginEdit,
  type EditSession,
  formOf,
  isDirty,
  prepared,
  reopened,
  resolveConflicts,
  storableEdit,
  withForm,
  withLostSave,
  withObject,
  withResolution,
  withStored,
  withText,
  yamlOf,
} from './edit-session';

const KIND = installedKind('1.2', 'DataPlane');
const OBJECT: JsonObject = {
  metadata: { labels: { region: 'eu' } },
  spec: {
    planeID: 'prod',
    clusterAgent: { clientCA: { secretKeyRef: { name: 'prod-ca', key: 'ca.crt' } } },
    gateway: { ingress: { external: { name: 'gw', namespace: 'gw' } } },
  },
};

function baseOf(object: JsonObject, resourceVersion = '1', generation = 1, uid = 'uid-1'): EditBase {
  return { uid, planeKey: 'dataplanes/acme/prod', object, resourceVersion, generation };
}

/** An edit that changes the planeID in the form. */
function renamed(planeID: string): EditSession {
  const edit = beginEdit(baseOf(OBJECT));
  const { start, draft } = formOf(edit, KIND, 'prod');
  return withForm(edit, start, { ...draft, spec: { ...draft.spec, planeID } }, KIND);
}

describe('two views of one edit', () => {
  test('opening them changes nothing', () => {
    const edit = beginEdit(baseOf(OBJECT));
    const { start, draft } = formOf(edit, KIND, 'prod');
    expect(isDirty(withForm(edit, start, draft, KIND))).toBe(false);
    expect(isDirty(withText(edit, yamlOf(edit)))).toBe(false);
  });

  test('the YAML shows a change made in the form', () => {
    expect(yamlOf(renamed('other'))).toContain('planeID: other');
  });

  test('the form shows a change made in the YAML', () => {
    const edit = beginEdit(baseOf(OBJECT));
    const edited = withText(edit, yamlOf(edit).replace('planeID: prod', 'planeID: other'));
    expect(formOf(edited, KIND, 'prod').draft.spec.planeID).toBe('other');
  });

  test('the form draft survives a label change in the YAML', () => {
    const edit = renamed('other');
    const relabelled = withText(edit, yamlOf(edit).replace('region: eu', 'region: us'));
    expect(relabelled.form).toBe(edit.form);
  });

  test('invalid YAML changes only the text', () => {
    const edit = withText(renamed('other'), 'spec: [');
    expect(edit.unreadable).toBe(true);
    expect(edit.object).toEqual(renamed('other').object);
    expect(isDirty(edit)).toBe(true);
    expect(yamlOf(edit)).toBe('spec: [');
  });
});

describe('a plane that changes during an edit', () => {
  test('updates only the resourceVersion of the edit after a new status', () => {
    const edit = renamed('other');
    const after = withStored(edit, baseOf(structuredClone(OBJECT), '2'));
    expect(after.base.resourceVersion).toBe('2');
    expect(after.base.object).toBe(edit.base.object);
    expect(after).toEqual({ ...edit, base: after.base });
  });

  test('merges changes of others to other fields and reports their paths', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'gateway', 'ingress', 'external', 'name'], 'gateway');
    const after = withStored(renamed('other'), baseOf(theirs, '2', 2));
    expect(after.conflicts).toBeNull();
    expect(after.object).toEqual(withValueAt(theirs, ['spec', 'planeID'], 'other'));
    expect(after.mergedPaths).toEqual([['spec', 'gateway', 'ingress', 'external', 'name']]);
    expect(after.base.object).toEqual(theirs);
  });

  test('replaces an edit without changes and reports nothing', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'theirs');
    const after = withStored(beginEdit(baseOf(OBJECT)), baseOf(theirs, '2', 2));
    expect(after).toEqual(beginEdit(baseOf(theirs, '2', 2)));
  });

  test.each([
    ['mine', 'other'],
    ['theirs', 'theirs'],
  ] as const)('causes a conflict if both sides change a field, resolved by choosing %s', (side, planeID) => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'theirs');
    const after = withStored(renamed('other'), baseOf(theirs, '2', 2));
    expect(after.base.resourceVersion).toBe('1');
    expect(resolveConflicts(after)).toBe(after);
    const resolved = resolveConflicts(withResolution(after, ['spec', 'planeID'], side));
    expect(resolved.conflicts).toBeNull();
    expect(resolved.base.resourceVersion).toBe('2');
    expect(resolved.object).toEqual(withValueAt(OBJECT, ['spec', 'planeID'], planeID));
  });

  test('keeps the chosen side of a conflict when the field changes again', () => {
    const first = withStored(
      renamed('other'),
      baseOf(withValueAt(OBJECT, ['spec', 'planeID'], 'theirs'), '2', 2),
    );
    const resolved = withResolution(first, ['spec', 'planeID'], 'mine');
    const again = withStored(resolved, baseOf(withValueAt(OBJECT, ['spec', 'planeID'], 'newest'), '3', 3));
    expect(again.conflicts?.merge.conflicts[0]?.theirs).toBe('newest');
    expect(resolveConflicts(again).object).toEqual(withValueAt(OBJECT, ['spec', 'planeID'], 'other'));
  });

  test('to the value of this edit is observed, not merged into it', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'other');
    const landed = withStored(renamed('other'), baseOf(theirs, '2', 2));
    expect(landed).toMatchObject({ observedPaths: [['spec', 'planeID']], mergedPaths: [], conflicts: null });
    expect(isDirty(landed)).toBe(false);
  });

  test('by a save of this edit whose answer was lost is its own', () => {
    const edit = withLostSave(renamed('other'), renamed('other'));
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'other');
    expect(withStored(edit, baseOf(theirs, '2', 2))).toEqual(beginEdit(baseOf(theirs, '2', 2)));
  });

  test('by a save whose answer was lost causes no conflict with what was edited since', () => {
    const edit = withLostSave(renamed('newest'), renamed('other'));
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'other');
    const after = withStored(edit, baseOf(theirs, '2', 2));
    expect(after).toMatchObject({ conflicts: null, observedPaths: [], mergedPaths: [], lostSave: null });
    expect(after.base.resourceVersion).toBe('2');
    expect(after.object).toEqual(renamed('newest').object);
  });

  test('to a part of this edit leaves the rest unsaved', () => {
    const edit = withObject(
      renamed('other'),
      withValueAt(renamed('other').object, ['spec', 'extra'], 'mine'),
    );
    const theirs = withValueAt(
      withValueAt(OBJECT, ['spec', 'planeID'], 'other'),
      ['metadata', 'labels', 'region'],
      'us',
    );
    const partly = withStored(edit, baseOf(theirs, '2', 2));
    expect(partly.observedPaths).toEqual([['spec', 'planeID']]);
    expect(partly.mergedPaths).toEqual([['metadata', 'labels', 'region']]);
    expect(isDirty(partly)).toBe(true);
  });

  test('is neither observed nor merged if there is no edit', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'other');
    expect(withStored(beginEdit(baseOf(OBJECT)), baseOf(theirs, '2', 2))).toMatchObject({
      observedPaths: [],
      mergedPaths: [],
    });
  });

  test('is merged only once the YAML is valid again', () => {
    const theirs = withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us');
    const edit = withText(renamed('other'), 'spec: [');
    const waiting = withStored(edit, baseOf(theirs, '2', 1));
    expect(yamlOf(waiting)).toBe('spec: [');
    const corrected = withText(waiting, yamlOf(renamed('other')));
    expect(corrected.waiting).toBeNull();
    expect(corrected.object).toEqual(withValueAt(theirs, ['spec', 'planeID'], 'other'));
  });
});

describe('a plane that was deleted and created again', () => {
  const RECREATED = baseOf(withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us'), '9', 1, 'uid-2');

  test('takes over the edit and reports it', () => {
    const after = withStored(renamed('other'), RECREATED);
    expect(after.object).toEqual(withValueAt(RECREATED.object, ['spec', 'planeID'], 'other'));
    expect(after).toMatchObject({ base: RECREATED, conflicts: null, fromDeleted: true });
  });

  test('is another plane even with the same resourceVersion', () => {
    const same = baseOf(OBJECT, '1', 1, 'uid-2');
    expect(withStored(renamed('other'), same).base).toEqual(same);
  });

  test('may have other secrets behind the same mask, even with the same generation', () => {
    const secret: JsonObject = { spec: { extra: { token: MASK } } };
    const typed = withValueAt(secret, ['spec', 'extra', 'token'], 'mine');
    const edit = { ...beginEdit(baseOf(secret)), object: typed };
    expect(withStored(edit, baseOf(secret, '9', 1)).conflicts).toBeNull();
    const after = withStored(edit, baseOf(secret, '9', 1, 'uid-2'));
    expect(after.conflicts?.merge.conflicts.map(({ path }) => path)).toEqual([['spec', 'extra', 'token']]);
    const resolved = resolveConflicts(withResolution(after, ['spec', 'extra', 'token'], 'mine'));
    expect(resolved).toMatchObject({ object: typed, fromDeleted: true });
  });
});

describe('the part of an edit that survives a reload', () => {
  const SECRET: JsonObject = {
    spec: { clusterAgent: { clientCA: { value: MASK } }, extra: { token: MASK } },
  };

  test('includes the changes', () => {
    expect(storableEdit(renamed('other'))).toEqual({
      base: baseOf(OBJECT),
      object: renamed('other').object,
      lostSave: null,
      lostSecrets: false,
    });
  });

  test('never includes a typed secret: a stored secret stays, any other is left empty', () => {
    const object = withValueAt(
      withValueAt(SECRET, ['spec', 'extra', 'token'], 'canary-1'),
      ['spec', 'extra', 'password'],
      'canary-2',
    );
    const stored = storableEdit({ ...beginEdit(baseOf(SECRET)), object });
    expect(JSON.stringify(stored)).not.toContain('canary');
    expect(stored.lostSecrets).toBe(true);
    expect(stored.object).toEqual(withValueAt(SECRET, ['spec', 'extra', 'password'], ''));
  });
});

describe('an edit that a page opens with', () => {
  test('says so only if it has unsaved changes', () => {
    expect(reopened(beginEdit(baseOf(OBJECT))).restored).toBe(false);
    expect(reopened(renamed('other')).restored).toBe(true);
    expect(reopened(withText(renamed('other'), 'spec: [')).restored).toBe(true);
  });

  test('says nothing of changes that it was opened for, only of earlier ones', () => {
    const undo = (edit: EditSession) => prepared(edit, ['spec', 'planeID'], 'earlier');
    const opened = reopened(undo(beginEdit(baseOf(OBJECT))));
    expect([opened.restored, isDirty(opened)]).toEqual([false, true]);
    expect(reopened(opened).restored).toBe(true);
    const labelled = withObject(renamed('prod'), withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us'));
    expect(reopened(undo(labelled)).restored).toBe(true);
  });

  test('says so until someone else has made the same change', () => {
    const edit = reopened(renamed('other'));
    const relabelled = withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us');
    expect(withStored(edit, baseOf(relabelled, '2')).restored).toBe(true);
    const same = withValueAt(OBJECT, ['spec', 'planeID'], 'other');
    expect(withStored(edit, baseOf(same, '2', 2)).restored).toBe(false);
  });

  test('marks the fields that differ from the current plane', () => {
    const object = withValueAt(
      withValueAt(OBJECT, ['spec', 'clusterAgent', 'clientCA', 'secretKeyRef', 'name'], 'x'),
      ['metadata', 'annotations'],
      { 'openchoreo.dev/display-name': 'Production', 'planeboard.openchoreo.dev/owner': 'Team Checkout' },
    );
    const marks = changedFields({ ...beginEdit(baseOf(OBJECT)), object }, KIND);
    expect([...marks]).toEqual(
      expect.arrayContaining([
        'displayName',
        'owner',
        'credentials.clusterAgent.clientCA',
        'spec.clusterAgent',
      ]),
    );
    expect(marks.has('spec.planeID')).toBe(false);
  });
});

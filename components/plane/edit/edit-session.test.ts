import { describe, expect, test } from 'vitest';
import type { EditBase } from '@/lib/plane/edit/editable-object';
import type { JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/json/mask';
import { installedKind } from '@/testing/plane/installed-kinds';
import {
  beginEdit,
  type EditSession,
  formOf,
  isDirty,
  resolveConflicts,
  storableEdit,
  withForm,
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

/** An edit in which the planeID is another one, made in the form. */
function renamed(planeID: string): EditSession {
  const begun = beginEdit(baseOf(OBJECT));
  const { start, draft } = formOf(begun, KIND, 'prod');
  return withForm(begun, start, { ...draft, spec: { ...draft.spec, planeID } }, KIND);
}

describe('two views of one edit', () => {
  test('nothing is changed by only looking', () => {
    const begun = beginEdit(baseOf(OBJECT));
    const { start, draft } = formOf(begun, KIND, 'prod');
    expect(isDirty(withForm(begun, start, draft, KIND))).toBe(false);
    expect(isDirty(withText(begun, yamlOf(begun)))).toBe(false);
  });

  test('what the form changes stands in the YAML', () => {
    expect(yamlOf(renamed('other'))).toContain('planeID: other');
  });

  test('what the YAML changes stands in the form', () => {
    const begun = beginEdit(baseOf(OBJECT));
    const edited = withText(begun, yamlOf(begun).replace('planeID: prod', 'planeID: other'));
    expect(formOf(edited, KIND, 'prod').draft.spec.planeID).toBe('other');
  });

  test('a half-typed form survives changes of labels in the YAML', () => {
    const edit = renamed('other');
    const relabelled = withText(edit, yamlOf(edit).replace('region: eu', 'region: us'));
    expect(relabelled.form).toBe(edit.form);
  });

  test('YAML that cannot be read changes nothing but the text', () => {
    const edit = withText(renamed('other'), 'spec: [');
    expect(edit.unreadable).toBe(true);
    expect(edit.object).toEqual(renamed('other').object);
    expect(isDirty(edit)).toBe(true);
    expect(yamlOf(edit)).toBe('spec: [');
  });
});

describe('a plane that moves while it is edited', () => {
  test('a new status is no news', () => {
    const edit = renamed('other');
    const after = withStored(edit, baseOf(structuredClone(OBJECT), '2'));
    expect(after.base.resourceVersion).toBe('2');
    expect(after.base.object).toBe(edit.base.object);
    expect(after).toEqual({ ...edit, base: after.base });
  });

  test('what others changed elsewhere becomes part of the edit, and is told', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'gateway', 'ingress', 'external', 'name'], 'gateway');
    const after = withStored(renamed('other'), baseOf(theirs, '2', 2));
    expect(after.conflicts).toBeNull();
    expect(after.object).toEqual(withValueAt(theirs, ['spec', 'planeID'], 'other'));
    expect(after.mergedPaths).toEqual([['spec', 'gateway', 'ingress', 'external', 'name']]);
    expect(after.base.object).toEqual(theirs);
  });

  test('an edit that has not begun follows without a word', () => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'theirs');
    const after = withStored(beginEdit(baseOf(OBJECT)), baseOf(theirs, '2', 2));
    expect(after).toEqual(beginEdit(baseOf(theirs, '2', 2)));
  });

  test.each([
    ['mine', 'other'],
    ['theirs', 'theirs'],
  ] as const)('what both changed waits for the person: %s', (side, planeID) => {
    const theirs = withValueAt(OBJECT, ['spec', 'planeID'], 'theirs');
    const after = withStored(renamed('other'), baseOf(theirs, '2', 2));
    expect(after.base.resourceVersion).toBe('1');
    expect(resolveConflicts(after)).toBe(after);
    const decided = resolveConflicts(withResolution(after, ['spec', 'planeID'], side));
    expect(decided.conflicts).toBeNull();
    expect(decided.base.resourceVersion).toBe('2');
    expect(decided.object).toEqual(withValueAt(OBJECT, ['spec', 'planeID'], planeID));
  });

  test('a plane that moves on while somebody decides keeps what was decided, where it is still open', () => {
    const first = withStored(
      renamed('other'),
      baseOf(withValueAt(OBJECT, ['spec', 'planeID'], 'theirs'), '2', 2),
    );
    const decided = withResolution(first, ['spec', 'planeID'], 'mine');
    const again = withStored(decided, baseOf(withValueAt(OBJECT, ['spec', 'planeID'], 'newest'), '3', 3));
    expect(again.conflicts?.merge.conflicts[0]?.theirs).toBe('newest');
    expect(resolveConflicts(again).object).toEqual(withValueAt(OBJECT, ['spec', 'planeID'], 'other'));
  });

  test('it waits while the YAML cannot be read', () => {
    const theirs = withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us');
    const edit = withText(renamed('other'), 'spec: [');
    const waiting = withStored(edit, baseOf(theirs, '2', 1));
    expect(yamlOf(waiting)).toBe('spec: [');
    const mended = withText(waiting, yamlOf(renamed('other')));
    expect(mended.waiting).toBeNull();
    expect(mended.object).toEqual(withValueAt(theirs, ['spec', 'planeID'], 'other'));
  });
});

describe('a plane that was deleted and made anew', () => {
  const RECREATED = baseOf(withValueAt(OBJECT, ['metadata', 'labels', 'region'], 'us'), '9', 1, 'uid-2');

  test('takes the edit as a change of the new one, and says so', () => {
    const after = withStored(renamed('other'), RECREATED);
    expect(after.object).toEqual(withValueAt(RECREATED.object, ['spec', 'planeID'], 'other'));
    expect(after).toMatchObject({ base: RECREATED, conflicts: null, fromDeleted: true });
  });

  test('is another plane, whatever its resourceVersion says', () => {
    const same = baseOf(OBJECT, '1', 1, 'uid-2');
    expect(withStored(renamed('other'), same).base).toEqual(same);
  });

  test('may have other secrets behind the same mask, though both are of generation 1', () => {
    const secret: JsonObject = { spec: { extra: { token: MASK } } };
    const typed = withValueAt(secret, ['spec', 'extra', 'token'], 'mine');
    const edit = { ...beginEdit(baseOf(secret)), object: typed };
    expect(withStored(edit, baseOf(secret, '9', 1)).conflicts).toBeNull();
    const after = withStored(edit, baseOf(secret, '9', 1, 'uid-2'));
    expect(after.conflicts?.merge.conflicts.map(({ path }) => path)).toEqual([['spec', 'extra', 'token']]);
    const decided = resolveConflicts(withResolution(after, ['spec', 'extra', 'token'], 'mine'));
    expect(decided).toMatchObject({ object: typed, fromDeleted: true });
  });
});

describe('what is kept over a reload', () => {
  const SECRET: JsonObject = {
    spec: { clusterAgent: { clientCA: { value: MASK } }, extra: { token: MASK } },
  };

  test('is the edit', () => {
    expect(storableEdit(renamed('other'))).toEqual({
      base: baseOf(OBJECT),
      object: renamed('other').object,
      lostSecrets: false,
    });
  });

  test('is never a secret that was typed: what is stored stays, anything else is left empty', () => {
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

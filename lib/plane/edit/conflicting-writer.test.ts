import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { MASK } from '@/lib/plane/masking/mask';
import { conflictingWriter } from './conflicting-writer';

const REFRESHED = 'planeboard.openchoreo.dev/refreshed-at';

/** Times are minutes after noon. */
function entry(manager: string, minute: number, fieldsV1: JsonObject, subresource?: string): JsonObject {
  return {
    manager,
    operation: 'Update',
    time: `2026-03-10T12:${String(minute).padStart(2, '0')}:00Z`,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource === undefined ? {} : { subresource }),
  };
}

const CREATION = entry('kubectl-create', 0, {
  'f:metadata': { 'f:labels': { '.': {}, 'f:team': {} } },
  'f:spec': { '.': {}, 'f:planeID': {}, 'f:secretStoreRef': { '.': {}, 'f:name': {} }, 'f:ports': {} },
});
const PLANE_ID = entry('kubectl-edit', 5, { 'f:spec': { 'f:planeID': {} } });
const LABEL = entry('labeller', 7, { 'f:metadata': { 'f:labels': { 'f:tier': {} } } });
const REFRESH = entry('planeboard', 8, {
  'f:metadata': { 'f:annotations': { '.': {}, [`f:${REFRESHED}`]: {} } },
});
const FINALIZERS = entry('manager', 9, { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"x"': {} } } });
const STATUS = entry('manager', 9, { 'f:status': { 'f:agentConnection': {} } }, 'status');

const BEFORE: JsonObject = {
  metadata: { labels: { team: 'shop' } },
  spec: { planeID: 'a', secretStoreRef: { name: 'vault' }, ports: [1, 2], egress: 'x' },
};

function now(changes: JsonObject, managedFields: JsonObject[]): JsonObject {
  const { labels = {}, spec = {} } = changes as { labels?: JsonObject; spec?: JsonObject };
  return {
    metadata: {
      labels: { team: 'shop', ...labels },
      annotations: { [REFRESHED]: '2026-03-10T12:08:00Z' },
      managedFields,
    },
    spec: { ...(BEFORE.spec as JsonObject), ...spec },
  };
}

const ALL = [CREATION, PLANE_ID, LABEL, REFRESH, FINALIZERS, STATUS];

describe('the writer of a conflicting change', () => {
  test.each<[string, JsonObject, JsonObject, string | undefined]>([
    [
      'owns the field that both sides changed, although another wrote later',
      { spec: { planeID: 'b' }, labels: { tier: 'gold' } },
      { spec: { planeID: 'c' } },
      'kubectl-edit',
    ],
    [
      'is the newest one, if the edit changes something else',
      { spec: { planeID: 'b' }, labels: { tier: 'gold' } },
      { spec: { secretStoreRef: { name: 'mine' } } },
      'labeller',
    ],
    [
      "isn't one that wrote only finalizers, a status or a refresh",
      { spec: { planeID: 'b' } },
      { metadata: { labels: { x: 'y' } } },
      'kubectl-edit',
    ],
    ['owns a list as a whole', { spec: { ports: [1, 3] } }, { spec: { ports: null } }, 'kubectl-create'],
    [
      "isn't known of a field that was removed",
      { spec: { egress: null } },
      { spec: { egress: 'y' } },
      undefined,
    ],
  ])('%s', (_name, changes, mine, expected) => {
    expect(conflictingWriter(now(changes, ALL), BEFORE, mine)?.manager).toBe(expected);
  });

  test('is the newest one that owns anything editable, if the earlier state is unknown', () => {
    const writer = conflictingWriter(now({ labels: { tier: 'gold' } }, ALL), null, {
      spec: { planeID: 'c' },
    });
    expect(writer).toEqual({ manager: 'labeller', atMs: Date.parse('2026-03-10T12:07:00Z') });
  });

  test.each([[[]], [[STATUS, REFRESH, FINALIZERS]]])("isn't known from %j", (managedFields) => {
    expect(conflictingWriter(now({}, managedFields), null, {})).toBeNull();
    expect(conflictingWriter({ metadata: { managedFields: 'x' } }, null, {})).toBeNull();
  });
});

test('a secret in the name of a writer is masked', () => {
  const managedFields = [entry('password=hunter', 5, { 'f:spec': { 'f:planeID': {} } })];
  expect(conflictingWriter(now({}, managedFields), null, {})?.manager).toBe(MASK);
});

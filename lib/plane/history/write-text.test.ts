import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS } from '@/lib/plane/time/duration';
import { judged } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import type { FieldWrite, WrittenField } from './field-writes';
import { type RecordedWrite, recordedWrite, type WriteAuthor } from './recorded-write';
import { authorText, fieldsText, writeText } from './write-text';

const changed = (...path: string[]): WrittenField => ({ path, change: 'changed' });
const by = (manager: string) => ({ manager, atMs: 0 });

function recorded(write: Partial<FieldWrite>, changes: Partial<RecordedWrite> = {}): RecordedWrite {
  const whole: FieldWrite = {
    subject: 'spec',
    resourceVersion: '2',
    by: by('kubectl-edit'),
    fields: [changed('spec', 'planeID')],
    ...write,
  };
  return { ...recordedWrite(judged(aPlane()), aPlane({ generation: 2 }), whole), ...changes };
}

test.each<[WriteAuthor, string]>([
  [{ manager: 'planeboard', user: 'jane' }, 'jane'],
  [{ manager: 'planeboard', user: 'me' }, 'you'],
  [{ manager: 'planeboard', user: null }, 'a user of Planeboard'],
  [{ manager: 'planeboard' }, 'field manager planeboard'],
  [{ manager: 'kustomize-controller' }, 'Flux (kustomize-controller)'],
  [{ manager: 'argocd-controller' }, 'Argo CD (argocd-controller)'],
  [{ manager: 'constructor' }, 'field manager constructor'],
  [{ manager: null }, 'an unknown field manager'],
])('the author %j is called %s', (author, text) => {
  expect(authorText(author, 'me')).toBe(text);
});

test("nobody is called you while the reader's name is unknown", () => {
  expect(authorText({ manager: 'planeboard', user: null }, null)).toBe('a user of Planeboard');
});

describe('a write is described', () => {
  test('by its fields, its author and the generation', () => {
    expect(writeText(recorded({}), null)).toBe(
      'Spec changed by field manager kubectl-edit: spec.planeID. Generation 2, was 1.',
    );
    const fields: WrittenField[] = [
      { path: ['spec', 'gateway', 'host'], change: 'added' },
      { path: ['spec', 'registry'], change: 'removed' },
    ];
    expect(writeText(recorded({ fields, by: null }), null)).toBe(
      'Spec changed by an unknown field manager: spec.gateway.host (added) and spec.registry (removed). Generation 2, was 1.',
    );
  });

  test('with a count of the fields beyond the first', () => {
    const fields = Array.from({ length: 30 }, (_, index) => changed('spec', `f${index}`));
    const write = recorded({ fields });
    expect(write.fields).toHaveLength(10);
    expect(writeText(write, null)).toContain('spec.f5 and 24 more.');
  });

  test('as reverted by a tool, with the change that it reverted', () => {
    const write = recorded(
      { by: by('kustomize-controller'), takesBack: { resourceVersion: '1', by: by('planeboard') } },
      { takesBack: { resourceVersion: '1', author: { manager: 'planeboard', user: 'me' } } },
    );
    expect(writeText(write, 'me')).toBe(
      'Reverted by Flux (kustomize-controller): spec.planeID again has the value from before the change by you. Generation 2, was 1.',
    );
  });

  test('as an ordinary change when its own author takes it back', () => {
    const write = recorded({ takesBack: { resourceVersion: '1', by: by('kubectl-edit') } });
    expect(writeText(write, null)).toMatch(/^Spec changed by field manager kubectl-edit: spec\.planeID\./);
  });

  test('as metadata if several things happened to it', () => {
    const fields: WrittenField[] = [
      { path: ['metadata', 'labels', 'team'], change: 'added' },
      { path: ['metadata', 'labels', 'region'], change: 'removed' },
    ];
    expect(writeText(recorded({ subject: 'metadata', fields }), null)).toBe(
      'Metadata changed by field manager kubectl-edit: label team (added) and label region (removed).',
    );
  });

  test('with the names that people know', () => {
    const fields = [
      changed('metadata', 'annotations', 'openchoreo.dev/display-name'),
      changed('metadata', 'labels', 'team'),
    ];
    const author = { manager: 'planeboard', user: 'jane' };
    expect(writeText(recorded({ subject: 'metadata', fields }, { author }), 'me')).toBe(
      'Display name and label team changed by jane.',
    );
  });

  test('as a maintenance with its end and reason, and as its end', () => {
    const until = ['metadata', 'annotations', 'planeboard.openchoreo.dev/maintenance-until'];
    const maintenance = { until: '2026-03-10T14:00:00Z', reason: 'New switches' };
    const fields: WrittenField[] = [{ path: until, change: 'added' }];
    const author = { manager: 'planeboard', user: 'me' };
    const set = recorded({ subject: 'maintenance', fields }, { maintenance, author });
    expect(writeText(set, 'me')).toBe('Maintenance set by you until 2026-03-10 14:00:00 UTC: New switches.');
    const longer = { ...set, fields: [changed(...until)] };
    expect(writeText(longer, 'me')).toMatch(/^Maintenance changed by you until/);
    expect(writeText({ ...set, maintenance: null }, 'jane')).toBe('Maintenance ended by me.');
  });
});

test('never names a secret that is part of a name of a field', () => {
  const path = ['spec', 'headers', 'https://me:hunter2@example.com'];
  const write = recorded({ fields: [{ path, change: 'added' }] });
  expect(JSON.stringify(write)).not.toContain('hunter2');
  expect(writeText(write, null)).toContain(`spec.headers.${MASK} (added)`);
});

test('remembers the planeID before and after, and what restores it', () => {
  const before = judged(aPlane({ planeID: 'a' }));
  const after = aPlane({ planeID: 'b', generation: 2 });
  const write = (change: WrittenField['change']): FieldWrite => ({
    subject: 'spec',
    resourceVersion: '2',
    by: null,
    fields: [{ path: ['spec', 'planeID'], change }],
  });
  expect(recordedWrite(before, after, write('changed')).planeID).toEqual({
    before: 'a',
    after: 'b',
    written: 'a',
  });
  expect(recordedWrite(before, after, write('added')).planeID?.written).toBeNull();
});

test('remembers whether the plane was connected, which a frozen report or its absence leaves open', () => {
  const write: FieldWrite = { subject: 'spec', resourceVersion: '2', by: null, fields: [] };
  const wasConnected = (plane: Plane) => recordedWrite(judged(plane), plane, write).wasConnected;
  const agent = { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(0) };
  const { agent: _, ...without } = aPlane();
  expect(wasConnected(aPlane({ agent }))).toBe(true);
  expect(wasConnected(aPlane({ agent: { ...agent, connected: false } }))).toBe(false);
  expect(wasConnected(aPlane({ agent: { ...agent, lastHeartbeatTime: ago(DAY_MS) } }))).toBeNull();
  expect(wasConnected(without)).toBe(false);
  expect(wasConnected({ ...without, conditions: [{ type: 'Ready', status: 'True' }] })).toBe(true);
});

test.each([
  ['replace', 'Credential replaced by you: clusterAgent.clientCA.'],
  ['add', 'Certificate added by you: clusterAgent.clientCA.'],
  ['keep-only', 'Certificate removed by you: clusterAgent.clientCA.'],
  ['restore', 'Old certificate restored by you: clusterAgent.clientCA.'],
])('writeText tells a credential that was changed by %s', (action, text) => {
  const path = ['metadata', 'annotations', REPLACED_ANNOTATION, 'clusterAgent.clientCA', action];
  const author = { manager: 'planeboard', user: 'me' };
  expect(writeText(recorded({ subject: 'credential', fields: [changed(...path)] }, { author }), 'me')).toBe(
    text,
  );
});

test('fieldsText names a credential by its slot', () => {
  const path = ['metadata', 'annotations', REPLACED_ANNOTATION, 'kubernetesCluster.tls.ca', 'replace'];
  expect(fieldsText([{ path, change: 'added' }])).toBe('credential kubernetesCluster.tls.ca');
});

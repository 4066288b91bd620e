import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  MAINTENANCE_REASON_ANNOTATION as REASON,
  MAINTENANCE_UNTIL_ANNOTATION as UNTIL,
} from '@/lib/plane/model/maintenance';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import type { ProblemError } from '@/lib/server/http/problem';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { grant } from '@/testing/control-plane/kube-objects';
import { timeIn } from '@/testing/control-plane/plane-statuses';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { callerOf } from '@/testing/server/test-caller';
import { editPlane } from './edit-plane';

let api: PlaneWrites;
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
});
afterAll(() => api?.stop());
afterEach(() => {
  api.proxy.rule = undefined;
});

/** Creates a plane for one test. */
async function newPlane(annotations: Record<string, string> = {}): Promise<string> {
  names += 1;
  const path = `dataplanes/default/worked-${names}`;
  const spec = { planeID: `worked-${names}`, clusterAgent: { clientCA: { value: 'no PEM' } } };
  await api.create(path, spec, { annotations: { 'example.com/note': 'kept', ...annotations } });
  return path;
}

const annotationsOf = async (plane: string) => (await api.live(plane)).metadata.annotations;
const request = async (plane: string, maintenance: unknown, more: object = {}) => ({
  resourceVersion: await api.version(plane),
  changes: { maintenance },
  ...more,
});
const set = async (plane: string, maintenance: unknown, more: object = {}) =>
  api.done('PATCH', plane, await request(plane, maintenance, more));
const refuse = async (plane: string, maintenance: unknown) =>
  api.refused('PATCH', plane, await request(plane, maintenance));

describe('a maintenance', () => {
  test('can be set, changed and ended, and leaves the rest of the plane unchanged', async () => {
    const plane = await newPlane();
    const before = await api.live(plane);
    const until = timeIn(HOUR_MS);
    await set(plane, { until, reason: ' New switches ' });
    expect(await annotationsOf(plane)).toEqual({
      'example.com/note': 'kept',
      [UNTIL]: until,
      [REASON]: 'New switches',
    });
    const later = timeIn(2 * HOUR_MS);
    await set(plane, { until: later.replace('Z', '+00:00') });
    expect(await annotationsOf(plane)).toEqual({ 'example.com/note': 'kept', [UNTIL]: later });
    await set(plane, null);
    const after = await api.live(plane);
    expect(after.metadata.annotations).toEqual({ 'example.com/note': 'kept' });
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata.generation).toBe(before.metadata.generation);
  });

  test("is written under Planeboard's field manager, with a log line that contains no value", async () => {
    const plane = await newPlane();
    await set(plane, { until: timeIn(HOUR_MS), reason: 'canary-reason' });
    expect(JSON.stringify((await api.live(plane)).metadata)).toContain('"manager":"planeboard"');
    const audit = api.audits().at(-1);
    expect(audit).toMatchObject({ verb: 'patch', outcome: 'done', object: { kind: 'DataPlane' } });
    expect(JSON.stringify(audit?.changed)).toContain(UNTIL);
    expect(api.log.join('\n')).not.toContain('canary-reason');
  });

  test("isn't stored in a dry run", async () => {
    const plane = await newPlane();
    const answer = await set(plane, { until: timeIn(HOUR_MS) }, { dryRun: true });
    expect(answer.after).toContain(UNTIL);
    expect(await annotationsOf(plane)).toEqual({ 'example.com/note': 'kept' });
  });

  test('writes nothing when ended without being set, or set again unchanged', async () => {
    const plane = await newPlane();
    const until = timeIn(HOUR_MS);
    await set(plane, { until });
    const version = await api.version(plane);
    await set(plane, { until });
    expect(await api.version(plane)).toBe(version);
    const other = await newPlane();
    const before = await api.version(other);
    await set(other, null);
    expect(await api.version(other)).toBe(before);
  });

  test('replaces an unreadable one, and a reason without an end', async () => {
    const plane = await newPlane({ [UNTIL]: 'next week', [REASON]: 'Old' });
    const until = timeIn(HOUR_MS);
    await set(plane, { until });
    expect(await annotationsOf(plane)).toEqual({ 'example.com/note': 'kept', [UNTIL]: until });
  });
});

describe('an invalid maintenance', () => {
  test.each([
    [
      'an end in the past',
      () => ({ until: timeIn(-1000) }),
      'until',
      /Choose a time in the future\. It's .* on the API server/,
    ],
    ['an end more than 90 days ahead', () => ({ until: timeIn(91 * DAY_MS) }), 'until', /at most 90 days/],
    ['an end that is no time', () => ({ until: 'tomorrow' }), 'until', /time with a time zone/],
    ['an end without a zone', () => ({ until: '2999-01-01T00:00:00' }), 'until', /time with a time zone/],
    [
      'a reason that is too long',
      () => ({ until: timeIn(HOUR_MS), reason: 'x'.repeat(201) }),
      'reason',
      /200 characters/,
    ],
    [
      'a reason with a control character',
      () => ({ until: timeIn(HOUR_MS), reason: 'a\u0007b' }),
      'reason',
      /control characters/,
    ],
    [
      'a reason with a password',
      () => ({ until: timeIn(HOUR_MS), reason: 'https://me:canary-pass@wiki.example.com' }),
      'reason',
      /password/,
    ],
  ])('is rejected at its field for %s', async (_, maintenance, field, expected) => {
    const plane = await newPlane();
    const problem = await refuse(plane, maintenance());
    expect(problem).toMatchObject({ status: 422, code: 'invalid-field' });
    expect(problem.errors).toEqual([
      { path: ['changes', 'maintenance', field], message: expect.stringMatching(expected) as string },
    ]);
    expect(await annotationsOf(plane)).toEqual({ 'example.com/note': 'kept' });
    expect(api.everything()).not.toContain('canary-pass');
  });

  test.each([
    ['it has no end', { reason: 'x' }],
    ['it has an unknown field', { until: '2999-01-01T00:00:00Z', from: '2998-01-01T00:00:00Z' }],
    ['it is a text', 'tomorrow'],
  ])('is rejected when %s', async (_, maintenance) => {
    expect(await refuse(await newPlane(), maintenance)).toMatchObject({ status: 422, code: 'invalid-field' });
  });
});

describe('writing a maintenance', () => {
  test('reports a conflict when the plane has changed since it was read', async () => {
    const plane = await newPlane();
    const stale = await request(plane, { until: timeIn(HOUR_MS) });
    await new DataPlaneWriter(api.kube).setDisplayName(plane.split('/')[2] ?? '', 'theirs');
    expect(await api.refused('PATCH', plane, stale)).toMatchObject({ status: 409, code: 'conflict' });
    expect(await annotationsOf(plane)).not.toHaveProperty([UNTIL]);
  });

  test('names the tool that manages the plane, and requires confirmation', async () => {
    const plane = await newPlane({
      'argocd.argoproj.io/tracking-id': `shop:openchoreo.dev/DataPlane:default/worked-${names + 1}`,
    });
    const maintenance = { until: timeIn(HOUR_MS) };
    expect(await refuse(plane, maintenance)).toMatchObject({
      code: 'managed-elsewhere',
      managedBy: { tool: 'argocd', name: 'shop' },
    });
    expect(await annotationsOf(plane)).not.toHaveProperty([UNTIL]);
    await set(plane, maintenance, { evenIfManaged: true });
    expect(await annotationsOf(plane)).toHaveProperty([UNTIL], maintenance.until);
    expect(await refuse(plane, null)).toMatchObject({ code: 'managed-elsewhere' });
  });

  test('reports a missing right to patch, before and during the write', async () => {
    const plane = await newPlane();
    const { kubeconfigPath } = await api.control.controlPlane.addUser({ name: 'viewer' });
    const rules = [{ apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list'] }];
    await grant(api.kube, 'viewer', rules);
    const viewer = callerOf('viewer', kubeconfigPath);
    const [, namespace, name = ''] = plane.split('/');
    const identity = { plural: 'dataplanes' as const, namespace, name };
    const { getRelatedResources } = await import('@/lib/server/related/related-resources');
    const { related } = await getRelatedResources(viewer.caller, identity);
    const refusal = (await editPlane(viewer.caller, identity, {
      resourceVersion: await api.version(plane),
      changes: { maintenance: { until: timeIn(HOUR_MS) } },
    }).catch((error: unknown) => error)) as ProblemError;
    await viewer.close();
    expect(related.mayChange).toEqual({
      state: 'denied',
      reason: `Ask an administrator for permission to patch dataplanes.openchoreo.dev (${name}) in the namespace default.`,
    });
    expect(refusal.code).toBe('forbidden');
    expect(api.audits().at(-1)).toMatchObject({ user: 'viewer', outcome: 'forbidden' });
    expect(await annotationsOf(plane)).not.toHaveProperty([UNTIL]);
  });
});

test('a lost answer says that the outcome is unknown', async () => {
  const plane = await newPlane();
  const body = await request(plane, { until: timeIn(HOUR_MS) });
  api.proxy.rule = (_, method) => (method === 'PATCH' ? 'lose-answer' : undefined);
  const problem = await api.refused('PATCH', plane, body);
  expect(problem.detail).toMatch(/^Outcome unknown: .* may have been changed\./);
});

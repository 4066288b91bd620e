import { beforeEach, describe, expect, test } from 'vitest';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import type { Plane } from '@/lib/plane/model/plane';
import { judged } from '@/testing/plane/diagnosis-fixture';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { PlaneHistory } from './plane-history';

const prod = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const named = (name: string) => ({ ...prod, name });

function seen(name: string, state: HealthState = 'healthy', changes: Partial<Plane> = {}): JudgedPlane {
  return {
    plane: { ...aPlane({ name, uid: name, ...changes }), facts: NO_FACTS },
    health: { state, reasons: [] },
  };
}

let history: PlaneHistory;
beforeEach(() => {
  history = new PlaneHistory(3, 5);
  history.listed({ plural: 'dataplanes' }, NOW_MS);
});

/** Changes a plane's state `times` times. */
function flap(name: string, times: number, fromMs = NOW_MS): void {
  for (let index = 0; index < times; index += 1) {
    const states = [seen(name, 'healthy'), seen(name, 'degraded')] as const;
    const [before, after] = index % 2 === 0 ? states : [states[1], states[0]];
    history.changed(before, after, fromMs + index * 1000);
  }
}

describe('the history keeps', () => {
  test('changes newest first, with the time at which they were seen', () => {
    flap('prod', 2);
    expect(history.of(prod)).toEqual({
      sinceMs: NOW_MS,
      uid: 'prod',
      truncated: false,
      entries: [
        { at: '2026-03-10T12:00:01.000Z', what: 'health', text: 'Healthy, was degraded.', health: 'healthy' },
        {
          at: '2026-03-10T12:00:00.000Z',
          what: 'health',
          text: 'Degraded, was healthy.',
          health: 'degraded',
        },
      ],
    });
  });

  test('its times on the clock in use when that is set', () => {
    flap('prod', 1);
    history.shiftClock(3_600_000);
    const { sinceMs, entries } = history.of(prod);
    expect(sinceMs).toBe(NOW_MS + 3_600_000);
    expect(entries).toMatchObject([{ at: '2026-03-10T13:00:00.000Z' }]);
  });

  test('nothing for a plane without notable changes', () => {
    history.changed(seen('prod'), seen('prod', 'healthy', { displayName: 'Production' }), NOW_MS);
    expect(history.size).toBe(0);
    expect(history.of(prod).entries).toEqual([]);
  });

  test('the appearance of a plane', () => {
    history.appeared(seen('prod', 'pending'), NOW_MS + 60_500);
    expect(history.of(prod).entries).toMatchObject([{ what: 'first-seen', health: 'pending' }]);
  });

  test('one history of a plane that was deleted and recreated', () => {
    history.deleted(aPlane({ uid: 'first' }), NOW_MS);
    history.appeared(seen('prod', 'pending', { uid: 'second' }), NOW_MS + 60_500);
    const { entries, uid } = history.of(prod);
    expect(entries.map(({ what }) => what)).toEqual(['first-seen', 'deletion']);
    expect(uid).toBe('second');
  });
});

describe('a write of fields', () => {
  const write = (manager: string, changes: Partial<FieldWrite> = {}): FieldWrite => ({
    subject: 'spec',
    resourceVersion: '7',
    by: { manager, atMs: NOW_MS - 2000 },
    fields: [{ path: ['spec', 'planeID'], change: 'changed' }],
    ...changes,
  });
  const wrote = (...writes: FieldWrite[]) =>
    history.written(judged(aPlane()), aPlane({ generation: 2, planeID: 'b' }), writes, NOW_MS);
  const texts = (viewer: string | null = null) => history.of(prod, viewer).entries.map(({ text }) => text);

  test('is kept with its manager and the time that managedFields give', () => {
    wrote(write('kubectl-edit'));
    expect(history.of(prod).entries).toMatchObject([
      {
        at: '2026-03-10T11:59:58.000Z',
        what: 'spec',
        text: 'Spec changed by field manager kubectl-edit: spec.planeID. Generation 2, was 1.',
        write: { resourceVersion: '7', planeID: { before: 'prod-cluster', after: 'b' }, wasConnected: true },
      },
    ]);
  });

  test('is kept with the time at which it was seen if its own time is later or unknown', () => {
    wrote(write('a', { by: { manager: 'a', atMs: NOW_MS + 60_000 } }), write('b', { by: null }));
    expect(history.of(prod).entries.map(({ at }) => at)).toEqual([
      '2026-03-10T12:00:00.000Z',
      '2026-03-10T12:00:00.000Z',
    ]);
  });

  test.each(['before', 'after'])('by this server names the user, known %s the watch shows it', (order) => {
    if (order === 'before') history.wroteHere(prod, '7', 'jane');
    wrote(write('planeboard'));
    if (order === 'after') history.wroteHere(prod, '7', 'jane');
    expect(texts('jane')).toEqual(['Spec changed by you: spec.planeID. Generation 2, was 1.']);
    expect(texts('kim')).toEqual(['Spec changed by jane: spec.planeID. Generation 2, was 1.']);
  });

  test('by another server under the same field manager names no user', () => {
    history.wroteHere(prod, '6', 'jane');
    wrote(write('planeboard'));
    expect(texts('jane')[0]).toMatch(/^Spec changed by field manager planeboard:/);
  });

  test('that is taken back names the user even if they became known later', () => {
    wrote(write('planeboard'));
    const takesBack = { resourceVersion: '7', by: { manager: 'planeboard', atMs: NOW_MS } };
    wrote(write('kustomize-controller', { resourceVersion: '8', takesBack }));
    history.wroteHere(prod, '7', 'jane');
    expect(texts('jane')[0]).toMatch(/^Reverted by Flux .* from before the change by you\./);
  });
});

test('a write counts twice against the bound, because it takes more memory', () => {
  for (const name of ['a', 'b', 'c']) {
    const plane = aPlane({ name, uid: name });
    const fields = [{ path: ['spec', 'planeID'], change: 'changed' }] as const;
    history.written(
      judged(plane),
      plane,
      [{ subject: 'spec', resourceVersion: name, by: null, fields }],
      NOW_MS,
    );
  }
  expect(history.size).toBe(4);
  expect(history.of(named('a'))).toMatchObject({ entries: [], truncated: true });
  history.forgetKind({ plural: 'dataplanes' });
  expect(history.size).toBe(0);
});

test('a registration and a deletion by this server name the user', () => {
  const plane = { ...prod, uid: 'prod' };
  history.actedHere('registered', plane, 'jane', NOW_MS);
  history.actedHere('deletion-requested', plane, 'kim', NOW_MS);
  expect(history.of(prod, 'kim').entries.map(({ what, text }) => `${what}: ${text}`)).toEqual([
    'deletion: Deletion requested in Planeboard by you.',
    'first-seen: Registered in Planeboard by jane.',
  ]);
});

describe('the history drops', () => {
  test("a plane's oldest entries, and reports this as truncated", () => {
    flap('prod', 4);
    const { entries, truncated } = history.of(prod);
    expect(entries).toHaveLength(3);
    expect(entries.at(-1)?.at).toBe('2026-03-10T12:00:01.000Z');
    expect(truncated).toBe(true);
  });

  test('the planes that have been quiet for longest, and reports planes without entries as truncated', () => {
    flap('quiet', 2);
    flap('prod', 3);
    expect(history.of(named('quiet')).truncated).toBe(false);
    flap('loud', 2);
    expect(history.size).toBe(5);
    expect(history.of(named('quiet'))).toMatchObject({ entries: [], truncated: true });
    expect(history.of(prod)).toMatchObject({ truncated: false });
    expect(history.of(named('nobody')).truncated).toBe(true);
  });
});

describe('a kind that may no longer be listed', () => {
  test('loses its history, and records again from its next list on', () => {
    flap('prod', 2);
    history.forgetKind({ plural: 'dataplanes' });
    flap('prod', 1);
    history.deleted(aPlane(), NOW_MS);
    expect(history.of(prod)).toMatchObject({ sinceMs: null, entries: [], uid: null });
    expect(history.size).toBe(0);
    history.listed({ plural: 'dataplanes' }, NOW_MS + 5000);
    flap('prod', 1, NOW_MS + 6000);
    expect(history.of(prod)).toMatchObject({ sinceMs: NOW_MS + 5000 });
    expect(history.size).toBe(1);
  });

  test('keeps its start time when it is listed again', () => {
    history.listed({ plural: 'dataplanes' }, NOW_MS + 5000);
    expect(history.of(prod).sinceMs).toBe(NOW_MS);
  });

  test('leaves a kind with a longer name alone', () => {
    history.listed({ plural: 'clusterdataplanes' }, NOW_MS);
    const shared = { plural: 'clusterdataplanes', kind: 'ClusterDataPlane', namespace: undefined } as const;
    const { namespace: _, ...plane } = { ...aPlane(), ...shared };
    history.deleted(plane, NOW_MS);
    history.forgetKind({ plural: 'dataplanes' });
    expect(history.of({ plural: 'clusterdataplanes', name: 'prod' }).entries).toHaveLength(1);
  });
});

test('forgets everything on a switch to another cluster', () => {
  flap('prod', 2);
  history.clear();
  history.deleted(aPlane(), NOW_MS);
  expect(history.of(prod)).toEqual({ sinceMs: null, entries: [], truncated: false, uid: null });
});

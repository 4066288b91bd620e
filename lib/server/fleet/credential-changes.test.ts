import { beforeEach, describe, expect, it } from 'vitest';
import type { Condition, Plane } from '@/lib/plane/model/plane';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { CredentialChanges } from './credential-changes';
import { PlaneRecord } from './plane-record';

let changes: CredentialChanges;

beforeEach(() => {
  changes = new CredentialChanges();
});

const slots = { ca: 'kubernetesCluster.tls.ca', token: 'kubernetesCluster.auth.bearerToken' };

/** A change of a Secret, named by its id, that was seen a minute after the reading before. */
function change(id: string, over: Partial<SecretChange> = {}): SecretChange {
  const place = { secret: 'acme/prod', key: 'token', slot: slots.token };
  return { ...place, id, what: 'changed', isOwn: false, earlierMs: MINUTE_MS, ...over };
}

/** Takes in changes that were seen this many minutes from now. */
function seen(minutes: number, ...all: SecretChange[]): void {
  changes.add(all, { generation: 1 }, NOW_MS + minutes * MINUTE_MS);
}

function planeWith(conditions: readonly Condition[], over: Partial<Plane> = {}): Plane {
  return aPlane({ connection: 'direct', reportsAgent: false, conditions: [...conditions], ...over });
}

/** Whether Ready counts that was written this many minutes from now. */
function counts(minutes: number, over: Partial<Condition> = {}): boolean {
  const lastTransitionTime = formatRfc3339(NOW_MS + minutes * MINUTE_MS);
  const ready: Condition = { type: 'Ready', status: 'True', lastTransitionTime, ...over };
  return changes.factOf(planeWith([ready])) === undefined;
}

describe('a condition', () => {
  it('counts while no change was seen', () => {
    expect(counts(-10)).toBe(true);
  });

  it('counts only if it was written after the last change', () => {
    seen(0, change('1'));
    expect(counts(-10)).toBe(false);
    expect(counts(1)).toBe(true);
    seen(2, change('2'));
    expect(counts(0.5)).toBe(false);
  });

  it('counts if it was written between the two readings, because it would have had the Secret read', () => {
    seen(0, change('1'));
    expect(counts(-0.5)).toBe(true);
  });

  it('counts if it was written for a later generation, whenever it became True', () => {
    seen(0, change('1'));
    expect(counts(-10, { observedGeneration: 1 })).toBe(false);
    expect(counts(-10, { observedGeneration: 2 })).toBe(true);
  });

  it('counts again once all credentials are set back', () => {
    seen(0, change('1'), change('2', { key: 'ca.crt', slot: slots.ca }));
    seen(2, change('3', { takesBack: '1' }));
    expect(counts(-10)).toBe(false);
    seen(4, change('4', { key: 'ca.crt', slot: slots.ca, takesBack: '2' }));
    expect(counts(-10)).toBe(true);
  });

  it('counts again if a set back undoes several changes', () => {
    seen(0, change('1', { what: 'removed' }));
    seen(2, change('2'));
    seen(4, change('3', { takesBack: '1' }));
    expect(counts(-10)).toBe(true);
  });

  it("doesn't count after a set back if it was written with the other credentials", () => {
    seen(0, change('1'));
    seen(4, change('2', { takesBack: '1' }));
    expect(counts(1)).toBe(false);
    expect(counts(5)).toBe(true);
  });

  it('is outdated by a replacement in Planeboard too', () => {
    seen(0, change('1', { isOwn: true }));
    expect(counts(-10)).toBe(false);
  });

  it('counts whatever happens to a Secret that the connection does not depend on', () => {
    seen(0, change('1', { slot: 'observer.password' }));
    expect(counts(-10)).toBe(true);
  });

  it('counts on a plane with an agent', () => {
    seen(0, change('1'));
    const ready: Condition = { type: 'Ready', status: 'True' };
    expect(changes.factOf(planeWith([ready], { connection: 'agent' }))).toBeUndefined();
  });

  it('without a time is from before the change', () => {
    seen(0, change('1'));
    expect(changes.factOf(planeWith([{ type: 'Ready', status: 'True' }]))).toEqual({
      seenAt: formatRfc3339(NOW_MS),
      secrets: ['acme/prod'],
      conditions: ['Ready'],
    });
  });
});

it('moves with the clock', () => {
  seen(0, change('1'));
  changes.shift(HOUR_MS);
  expect(counts(1)).toBe(false);
  expect(counts(59.5)).toBe(true);
  const ready: Condition = { type: 'Ready', status: 'True' };
  expect(changes.factOf(planeWith([ready]))?.seenAt).toBe(formatRfc3339(NOW_MS + HOUR_MS));
  seen(62, change('2', { takesBack: '1' }));
  changes.shift(-HOUR_MS);
  expect(counts(0.5)).toBe(false);
  expect(counts(-10)).toBe(true);
  expect(counts(3, { lastTransitionTime: formatRfc3339(NOW_MS + 3 * MINUTE_MS + SECOND_MS) })).toBe(true);
});

it("moves with its plane's conditions", () => {
  const record = new PlaneRecord(planeWith([{ type: 'Ready', status: 'True' }]));
  record.credentialChanges.add([change('1')], record.plane, NOW_MS);
  record.shiftClock(-HOUR_MS);
  expect(record.credentialChanges.factOf(record.plane)?.seenAt).toBe(formatRfc3339(NOW_MS - HOUR_MS));
});

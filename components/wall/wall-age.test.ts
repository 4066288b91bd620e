import { describe, expect, it } from 'vitest';
import type { ApiServer } from '@/lib/api/fleet';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { wallAge } from './wall-age';

const contact = (ageMs: number | null): ApiServer => ({
  state: 'reachable',
  lastContactAt: ageMs === null ? null : new Date(NOW_MS - ageMs).toISOString(),
});
const age = (contactMs: number | null, frameAgeMs: number | null, openMs = 0) =>
  wallAge({ apiServer: contact(contactMs), sources: [], frameAgeMs, openMs }, NOW_MS);

describe("the age of a wall's data", () => {
  it('is the age of the older contact', () => {
    expect(age(2000, 4000).ageMs).toBe(4000);
    expect(age(9000, 4000).ageMs).toBe(9000);
  });
  it('is live up to 15 s, old up to 60 s, and blind after that', () => {
    expect([15_000, 15_001, 60_000, 60_001].map((ms) => age(ms, 0).state)).toEqual([
      'live',
      'old',
      'old',
      'blind',
    ]);
  });
  it('names the missing contact', () => {
    expect(age(20_000, 1000).side).toBe('api-server');
    expect(age(20_000, 20_000).side).toBe('server');
  });
  it("is the page's age if there was never a frame or contact", () => {
    expect(wallAge({ apiServer: null, sources: [], frameAgeMs: null, openMs: 61_000 }, NOW_MS)).toEqual({
      ageMs: 61_000,
      state: 'blind',
      side: 'server',
      never: true,
    });
    expect(age(null, 1000, 20_000)).toMatchObject({ state: 'old', side: 'api-server', never: true });
  });
  it('is the age of the newest proof of a watch, though the API server answers', () => {
    const proofs = (...agesMs: number[]) =>
      wallAge(
        {
          apiServer: contact(1000),
          sources: agesMs.map((ms) => ({
            plural: 'dataplanes',
            state: 'live' as const,
            lastContactAt: new Date(NOW_MS - ms).toISOString(),
          })),
          frameAgeMs: 0,
          openMs: 0,
        },
        NOW_MS,
      );
    expect(proofs(61_000, 70_000)).toMatchObject({ ageMs: 61_000, state: 'blind', side: 'api-server' });
    expect(proofs(2000, 70_000)).toMatchObject({ ageMs: 2000, state: 'live' });
  });
  it("isn't negative if the clocks differ", () => {
    expect(age(-5000, 0).ageMs).toBe(0);
  });
});

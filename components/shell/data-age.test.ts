import { describe, expect, test } from 'vitest';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { dataAge as ageOf, type DataContact } from './data-age';

const SECOND = 1000;

function apiServer(contactAgeMs: number | null, state: ApiServer['state'] = 'reachable'): ApiServer {
  return { state, lastContactAt: contactAgeMs === null ? null : ago(contactAgeMs) };
}

/** By default, every watch proves what the API server's contact does. */
function dataAge(contact: Omit<DataContact, 'sources'> & Partial<DataContact>, nowMs: number) {
  const { lastContactAt } = contact.apiServer;
  return ageOf({ sources: [{ plural: 'dataplanes', state: 'live', lastContactAt }], ...contact }, nowMs);
}

describe('dataAge', () => {
  test('is the age of the older contact', () => {
    const at = (contactAgeMs: number, frameAgeMs: number) =>
      dataAge({ apiServer: apiServer(contactAgeMs), frameAgeMs, lost: false, followed: true }, NOW_MS)
        .ageSeconds;
    expect(at(4 * SECOND, SECOND)).toBe(4);
    expect(at(SECOND, 4 * SECOND)).toBe(4);
    expect(at(-4 * SECOND, 0)).toBe(0);
  });

  test("isn't live before the stream brings a frame, however new the rendered page is", () => {
    const rendered = { apiServer: apiServer(SECOND), frameAgeMs: 0, lost: false };
    expect(dataAge({ ...rendered, followed: false }, NOW_MS).state).toBe('opening');
    expect(dataAge({ ...rendered, followed: true }, NOW_MS).state).toBe('live');
  });

  test("says that kinds are listed while one is read for the first time, after a start or once it's installed", () => {
    const contact = { apiServer: apiServer(0), frameAgeMs: 0, lost: false, followed: true };
    const live: Source = { plural: 'workflowplanes', state: 'live', lastContactAt: ago(0) };
    const reading: Source = { plural: 'dataplanes', state: 'syncing', lastContactAt: null };
    expect(dataAge({ ...contact, sources: [live, reading] }, NOW_MS).state).toBe('listing');
    const failing = { ...reading, problem: 'The list fails.' };
    expect(dataAge({ ...contact, sources: [live, failing] }, NOW_MS).state).toBe('live');
  });

  test('reports a broken stream after a moment, with the time of the data', () => {
    const at = (ageMs: number) =>
      dataAge({ apiServer: apiServer(ageMs), frameAgeMs: ageMs, lost: true, followed: true }, NOW_MS);
    expect(at(5 * SECOND)).toMatchObject({ state: 'live', side: null, asOf: null });
    expect(at(8 * SECOND)).toEqual({ state: 'old', side: 'server', ageSeconds: 8, asOf: ago(8 * SECOND) });
  });

  test("reports a server that never sends anything, even if the stream isn't known to be broken", () => {
    const silent = dataAge(
      { apiServer: apiServer(18 * SECOND), frameAgeMs: 16 * SECOND, lost: false, followed: false },
      NOW_MS,
    );
    expect(silent).toEqual({ state: 'old', side: 'server', ageSeconds: 18, asOf: ago(18 * SECOND) });
  });

  test.each<[string, ApiServer]>([
    ['is unreachable', apiServer(3 * SECOND, 'unreachable')],
    ['rejects the credentials', apiServer(3 * SECOND, 'unauthorized')],
    ['has been silent for too long', apiServer(16 * SECOND)],
  ])('reports an API server that %s', (_, state) => {
    expect(
      dataAge({ apiServer: state, frameAgeMs: SECOND, lost: false, followed: true }, NOW_MS),
    ).toMatchObject({
      state: 'old',
      side: 'api-server',
    });
  });

  test('names the same contact whatever the frames, and while the estimate of the time lags', () => {
    const lost = { apiServer: apiServer(0, 'unreachable'), lost: false, followed: true };
    const asOf = (frameAgeMs: number, nowMs: number) => dataAge({ ...lost, frameAgeMs }, nowMs).asOf;
    expect(asOf(0, NOW_MS - 700)).toBe(ago(0));
    expect(asOf(2 * SECOND, NOW_MS + SECOND)).toBe(ago(0));
    expect(asOf(SECOND, NOW_MS + 9 * SECOND)).toBe(ago(0));
  });

  test('treats an API server without plane kinds as current', () => {
    const current = {
      apiServer: apiServer(3 * SECOND, 'none-installed'),
      frameAgeMs: SECOND,
      lost: false,
      followed: true,
    };
    expect(dataAge(current, NOW_MS).state).toBe('live');
  });

  test('has no age if there was never any contact', () => {
    const never = (lost: boolean) =>
      dataAge(
        { apiServer: apiServer(null, 'connecting'), frameAgeMs: 20 * SECOND, lost, followed: false },
        NOW_MS,
      );
    expect(never(false)).toEqual({ ageSeconds: null, state: 'never', side: null, asOf: null });
    expect(never(true)).toEqual({ ageSeconds: null, state: 'never', side: 'server', asOf: null });
  });

  const ofSources = (...sources: [Source['state'], number][]) =>
    dataAge(
      {
        apiServer: apiServer(SECOND),
        sources: sources.map(([state, ageMs], index) => ({
          plural: `kind${index}`,
          state,
          lastContactAt: ago(ageMs),
        })),
        frameAgeMs: 0,
        lost: false,
        followed: true,
      },
      NOW_MS,
    );

  test('is partial while a watch proves nothing although the API server answers', () => {
    expect(ofSources(['live', SECOND], ['lost', 8 * SECOND])).toEqual({
      state: 'partial',
      side: 'watch',
      ageSeconds: 1,
      asOf: null,
    });
    // A connection that recovers at once isn't worth a word.
    expect(ofSources(['live', SECOND], ['lost', 2 * SECOND]).state).toBe('live');
    expect(ofSources(['live', SECOND], ['forbidden', 100 * SECOND]).state).toBe('live');
  });

  test('is old when no watch proves anything although the API server answers', () => {
    expect(ofSources(['lost', 16 * SECOND], ['lost', 18 * SECOND])).toEqual({
      state: 'old',
      side: 'watch',
      ageSeconds: 16,
      asOf: ago(16 * SECOND),
    });
  });
});

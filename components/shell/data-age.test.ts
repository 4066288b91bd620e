import { describe, expect, test } from 'vitest';
import type { ApiServer } from '@/lib/api/fleet';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { dataAge } from './data-age';

const SECOND = 1000;

function apiServer(contactAgeMs: number | null, state: ApiServer['state'] = 'reachable'): ApiServer {
  return { state, lastContactAt: contactAgeMs === null ? null : ago(contactAgeMs) };
}

describe('dataAge', () => {
  test('is the older of the two contacts', () => {
    const at = (contactAgeMs: number, frameAgeMs: number) =>
      dataAge({ apiServer: apiServer(contactAgeMs), frameAgeMs, lost: false, followed: true }, NOW_MS)
        .ageSeconds;
    expect(at(4 * SECOND, SECOND)).toBe(4);
    expect(at(SECOND, 4 * SECOND)).toBe(4);
    expect(at(-4 * SECOND, 0)).toBe(0);
  });

  test('what the server rendered is not live before the stream has spoken, however new it is', () => {
    const rendered = { apiServer: apiServer(SECOND), frameAgeMs: 0, lost: false };
    expect(dataAge({ ...rendered, followed: false }, NOW_MS).state).toBe('opening');
    expect(dataAge({ ...rendered, followed: true }, NOW_MS).state).toBe('live');
  });

  test('a broken stream is told after a moment, with the time that the data are from', () => {
    const at = (ageMs: number) =>
      dataAge({ apiServer: apiServer(ageMs), frameAgeMs: ageMs, lost: true, followed: true }, NOW_MS);
    expect(at(5 * SECOND)).toMatchObject({ state: 'live', side: null, asOf: null });
    expect(at(8 * SECOND)).toEqual({ state: 'old', side: 'server', ageSeconds: 8, asOf: ago(8 * SECOND) });
  });

  test('a server that never speaks is told, though nothing says that the stream is broken', () => {
    const silent = dataAge(
      { apiServer: apiServer(18 * SECOND), frameAgeMs: 16 * SECOND, lost: false, followed: false },
      NOW_MS,
    );
    expect(silent).toEqual({ state: 'old', side: 'server', ageSeconds: 18, asOf: ago(18 * SECOND) });
  });

  test.each<[string, ApiServer]>([
    ['is known to be away', apiServer(3 * SECOND, 'unreachable')],
    ['refuses the credentials', apiServer(3 * SECOND, 'unauthorized')],
    ['has not been heard for long', apiServer(16 * SECOND)],
  ])('an API server that %s is told as that', (_, state) => {
    expect(
      dataAge({ apiServer: state, frameAgeMs: SECOND, lost: false, followed: true }, NOW_MS),
    ).toMatchObject({
      state: 'old',
      side: 'api-server',
    });
  });

  test('an API server without any plane kind is current', () => {
    const current = {
      apiServer: apiServer(3 * SECOND, 'none-installed'),
      frameAgeMs: SECOND,
      lost: false,
      followed: true,
    };
    expect(dataAge(current, NOW_MS).state).toBe('live');
  });

  test('without any contact ever there is no age', () => {
    const never = (lost: boolean) =>
      dataAge(
        { apiServer: apiServer(null, 'connecting'), frameAgeMs: 20 * SECOND, lost, followed: false },
        NOW_MS,
      );
    expect(never(false)).toEqual({ ageSeconds: null, state: 'never', side: null, asOf: null });
    expect(never(true)).toEqual({ ageSeconds: null, state: 'never', side: 'server', asOf: null });
  });
});

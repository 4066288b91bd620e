import { describe, expect, test } from 'vitest';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import type { ClockFacts } from './clock-facts';
import { clockFindings } from './clock-findings';
import { allControlPlaneFindings } from './control-plane-problems';

const JUMP: ClockFacts = {
  jumpMs: 3_600_000,
  noticedAt: '2026-03-10T12:00:00Z',
  mixed: false,
  followed: false,
  undone: false,
  confirmed: false,
};

describe('clockFindings', () => {
  test('is empty while the API server shows one clock', () => {
    expect(clockFindings(null)).toEqual([]);
  });

  test.each([
    [3_600_000, "Some heartbeats are 1 h ahead of the API server's clock"],
    [-3_600_000, "Some heartbeats are 1 h behind the API server's clock"],
  ])('reports a clock of heartbeats that is %d ms ahead', (jumpMs, title) => {
    const [found] = clockFindings({ ...JUMP, jumpMs, ofHeartbeats: true });
    expect(found).toMatchObject({ code: 'heartbeat-clock-differs', severity: 'warning', title });
  });

  test('reports a jump, its direction and when it was noticed', () => {
    expect(clockFindings(JUMP)).toEqual([
      {
        code: 'api-server-clock-jumped',
        severity: 'warning',
        title: "The API server's clock jumped by 1 h",
        message: 'Its clock was set ahead by 1 h, noticed at 2026-03-10 12:00:00 UTC.',
        consequence: 'Ages are measured on the earlier clock until new heartbeats show which one is right.',
        since: '2026-03-10T12:00:00Z',
        remedy: {
          text: expect.any(String),
          command: expect.stringMatching(/^kubectl --context \S+ get --raw \/readyz/),
        },
      },
    ]);
    expect(clockFindings({ ...JUMP, jumpMs: -3_600_000 })[0]?.message).toMatch(/set back by 1 h/);
  });

  test.each([
    [{ confirmed: true }, /still follow the earlier clock/],
    [{ followed: true }, /measured on the new clock/],
    [{ followed: true, confirmed: true }, /New heartbeats follow it/],
  ])('says which clock ages are measured on: %j', (changes, expected) => {
    expect(clockFindings({ ...JUMP, ...changes })[0]?.consequence).toMatch(expected);
  });

  test("doesn't say that the clock is ahead after it was set back", () => {
    const [found] = clockFindings({ ...JUMP, followed: true, confirmed: true, undone: true });
    expect(found?.message).toMatch(/set ahead by 1 h, noticed at .*, and has been set back since\.$/);
    expect(found?.consequence).toMatch(/until new heartbeats show which one is right/);
  });

  test('reports clocks that differ', () => {
    const [finding] = clockFindings({ ...JUMP, mixed: true });
    expect(finding).toMatchObject({
      code: 'api-server-clocks-differ',
      title: "The API server's clocks differ by 1 h",
    });
  });

  test('comes after the errors of the certificates', () => {
    const expired = gatewayFacts({ ca: readCertificate(ago(2000), ago(1000)) });
    const codes = allControlPlaneFindings({ gateway: expired, clock: JUMP }, NOW_MS).map(({ code }) => code);
    expect(codes).toEqual(['gateway-ca-expired', 'api-server-clock-jumped']);
  });
});

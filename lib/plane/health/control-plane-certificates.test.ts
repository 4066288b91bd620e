import { describe, expect, it, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { controlPlaneFindings, gatewayRestartEffect, rejectionCauses } from './control-plane-certificates';
import type { GatewayFacts } from './gateway-certificates';

const CHANGE = {
  before: 'AA:BB:CC:DD',
  after: '11:22:33:44',
  lastSeenAt: ago(90_000),
  seenAt: ago(30_000),
};

/** Each row: facts that differ from those of a working gateway, and the codes of the findings in order. */
const TABLE: readonly (readonly [string, Partial<GatewayFacts>, readonly string[]])[] = [
  ['both certificates are valid', {}, []],
  ['the CA ends in 30 days and a second', { ca: endsIn(30 * DAY_MS + 1000) }, []],
  ['the CA ends in exactly 30 days', { ca: endsIn(30 * DAY_MS) }, ['gateway-ca-expiring']],
  ['the CA ends in a second', { ca: endsIn(1000) }, ['gateway-ca-expiring']],
  ['the CA ends now', { ca: endsIn(0) }, ['gateway-ca-expiring']],
  ['the CA ended a second ago', { ca: endsIn(-1000) }, ['gateway-ca-expired']],
  ['the CA begins now', { ca: beginsIn(0) }, []],
  ['the CA begins in a second', { ca: beginsIn(1000) }, ['gateway-ca-not-yet-valid']],
  ["the CA can't be read", { ca: { state: 'unreadable', problem: 'no.' } }, ['gateway-ca-unreadable']],
  ["the CA doesn't exist", { ca: { state: 'missing' }, verified: null }, []],
  ["the CA isn't visible", { ca: { state: 'not-checked' }, verified: null }, []],
  ['the certificate ends in 14 days and a second', { serving: endsIn(14 * DAY_MS + 1000, 90) }, []],
  [
    'the certificate ends in exactly 14 days',
    { serving: endsIn(14 * DAY_MS, 90) },
    ['gateway-certificate-expiring'],
  ],
  ['the certificate ends now', { serving: endsIn(0, 90) }, ['gateway-certificate-expiring']],
  ['the certificate ended a second ago', { serving: endsIn(-1000, 90) }, ['gateway-certificate-expired']],
  ['the certificate begins in a second', { serving: beginsIn(1000) }, ['gateway-certificate-not-yet-valid']],
  [
    "the certificate can't be read",
    { serving: { state: 'unreadable', problem: 'no.' } },
    ['gateway-certificate-unreadable'],
  ],
  ["the certificate doesn't exist", { serving: { state: 'missing' }, verified: null }, []],
  ["the certificate isn't visible", { serving: { state: 'not-checked' }, verified: null }, []],
  ['a certificate of 6 h ends in 61 min', { serving: endsIn(61 * MINUTE_MS, 0.25) }, []],
  [
    'a certificate of 6 h ends in 60 min, a sixth of its life',
    { serving: endsIn(HOUR_MS, 0.25) },
    ['gateway-certificate-expiring'],
  ],
  ['a CA of 90 days ends in 16 days', { ca: endsIn(16 * DAY_MS, 90) }, []],
  ['a CA of 90 days ends in 15 days', { ca: endsIn(15 * DAY_MS, 90) }, ['gateway-ca-expiring']],
  ["the CA doesn't verify the certificate", { verified: false }, ['gateway-certificate-unverified']],
  ['the CA changed', { caChange: CHANGE }, ['gateway-ca-changed']],
  ['the CA changed 7 days ago', { caChange: { ...CHANGE, seenAt: ago(7 * DAY_MS) } }, ['gateway-ca-changed']],
  ['the CA was changed and set back', { caChange: { ...CHANGE, setBackAt: ago(10_000) } }, []],
  [
    'the CA changed 8 days ago and again 6 days ago',
    { caChange: { ...CHANGE, seenAt: ago(8 * DAY_MS), changedAgainAt: ago(6 * DAY_MS) } },
    ['gateway-ca-changed'],
  ],
  ['the CA changed longer ago', { caChange: { ...CHANGE, seenAt: ago(7 * DAY_MS + 1000) } }, []],
  [
    'a warning and two errors',
    { ca: endsIn(DAY_MS), serving: endsIn(-DAY_MS, 90), verified: false },
    ['gateway-certificate-expired', 'gateway-ca-expiring', 'gateway-certificate-unverified'],
  ],
];

function endsIn(ms: number, lifeDays = 3650) {
  return readCertificate(ago(lifeDays * DAY_MS - ms), ago(-ms));
}

function beginsIn(ms: number) {
  return readCertificate(ago(-ms), ago(-400 * DAY_MS));
}

describe("the control plane's certificates", () => {
  it.each(TABLE)('are judged correctly when %s', (_, changes, codes) => {
    const findings = controlPlaneFindings(gatewayFacts(changes), NOW_MS);
    expect(findings.map(({ code }) => code)).toEqual(codes);
    for (const { code, severity } of findings)
      expect(severity).toBe(/expired|not-yet/.test(code) ? 'error' : 'warning');
  });

  it("have no findings before they're read", () => {
    expect(controlPlaneFindings(null, NOW_MS)).toEqual([]);
  });

  it('have findings that name the fact, the consequence and a command', () => {
    const facts = gatewayFacts({ serving: endsIn(-3 * DAY_MS, 90), namespace: 'choreo' });
    expect(controlPlaneFindings(facts, NOW_MS)).toEqual([
      {
        code: 'gateway-certificate-expired',
        severity: 'error',
        title: 'Gateway certificate expired',
        message:
          'The serving certificate in the Secret cluster-gateway-tls expired 3 days ago, on 2026-03-07 12:00:00 UTC.',
        consequence: 'If the gateway uses it, all agents lose their connection at their next reconnect.',
        since: '2026-03-07T12:00:00Z',
        remedy: {
          text: "Check why cert-manager hasn't renewed it.",
          lastStep:
            "Once cert-manager has renewed the gateway's certificate, restart the gateway. It disconnects every agent of every plane, and they reconnect within about a minute.",
          command:
            "kubectl --context '<control-plane-context>' describe certificates.cert-manager.io cluster-gateway-tls -n choreo",
        },
      },
    ]);
  });

  it('name the ConfigMap where it publishes the CA', () => {
    const facts = gatewayFacts({ ca: endsIn(12 * DAY_MS), caObject: 'ConfigMap', caChange: CHANGE });
    const [changed, expiring] = controlPlaneFindings(facts, NOW_MS).toSorted((a, b) =>
      a.code.localeCompare(b.code),
    );
    expect(expiring?.message).toBe(
      'The CA in the ConfigMap cluster-gateway-ca expires in 12 days, on 2026-03-22 12:00:00 UTC.',
    );
    expect(changed?.remedy.command).toBe(
      "kubectl --context '<control-plane-context>' get configmap cluster-gateway-ca -n openchoreo-control-plane \\\n  -o jsonpath='{.data.ca\\.crt}'",
    );
  });

  it('describe a changed CA by when it was noticed, both fingerprints and whether the key is the same', () => {
    const [changed] = controlPlaneFindings(gatewayFacts({ caChange: CHANGE }), NOW_MS);
    expect(changed?.message).toBe(
      'The CA in the Secret cluster-gateway-ca changed between 2026-03-10 11:58 and 11:59 UTC. Its SHA-256 fingerprint began with AA:BB:CC:DD before and begins with 11:22:33:44 now.',
    );
    expect(changed?.consequence).toContain(
      'all agents that trust only the earlier one lose their connection',
    );
    expect(changed?.remedy.command).toMatch(/\| base64 -d$/);
    const again = gatewayFacts({ caChange: { ...CHANGE, changedAgainAt: ago(10_000) } });
    expect(controlPlaneFindings(again, NOW_MS)[0]?.message).toContain(
      'changed between 2026-03-10 11:58 and 11:59 UTC, and again by 2026-03-10 11:59:50 UTC. Its',
    );
    const older = controlPlaneFindings(gatewayFacts({ caChange: { ...CHANGE, isOlder: true } }), NOW_MS)[0];
    expect(older?.consequence).toContain('it may be one that agents already trust');
    expect(older?.remedy.lastStep).toMatch(/^If agents don't trust the new CA yet, add/);
    const sameKey = gatewayFacts({ caChange: { ...CHANGE, sameKeyUntil: ago(-30 * DAY_MS) } });
    expect(controlPlaneFindings(sameKey, NOW_MS)[0]?.consequence).toBe(
      'The key is the same, so agents that trust the earlier CA accept the gateway until that one expires, on 2026-04-09 12:00:00 UTC.',
    );
  });
});

test('agents may reject the gateway for an invalid, changed or mismatched certificate, not for one that expires soon', () => {
  const facts = gatewayFacts({
    ca: endsIn(-1000),
    serving: endsIn(DAY_MS, 90),
    verified: false,
    caChange: CHANGE,
  });
  expect(rejectionCauses(controlPlaneFindings(facts, NOW_MS)).map(({ code }) => code)).toEqual([
    'gateway-ca-expired',
    'gateway-certificate-unverified',
    'gateway-ca-changed',
  ]);
});

describe('a step that moves agents to another CA', () => {
  const stepsOf = (changes: Partial<GatewayFacts>, code: string) =>
    controlPlaneFindings(gatewayFacts(changes), NOW_MS).find((one) => one.code === code)?.remedy;
  const renewed = { ...CHANGE, sameKeyUntil: ago(-30 * DAY_MS) };

  test.each<[string, Partial<GatewayFacts>, string]>([
    ["doesn't verify the certificate", { verified: false }, 'gateway-certificate-unverified'],
    [
      "changed and doesn't verify the certificate",
      { verified: false, caChange: CHANGE },
      'gateway-ca-changed',
    ],
    ['changed with the certificate', { caChange: CHANGE }, 'gateway-ca-changed'],
  ])(
    'comes after setting the CA back, and before a restart of the gateway, if the CA %s',
    (_, facts, code) => {
      const remedy = stepsOf(facts, code);
      expect(remedy?.undo).toMatch(
        /^If the CA or the gateway's certificate was replaced by mistake, set the earlier one back\./,
      );
      expect(remedy?.lastStep).toMatch(
        /^If the CA was replaced on purpose, add the gateway's CA to the ConfigMap cluster-gateway-ca in every plane's cluster, beside the one in it, .*(After that, .*restart the gateway|Don't restart the gateway before that)/,
      );
      expect(remedy?.lastStep).not.toContain('they reconnect');
    },
  );

  test.each<[string, Partial<GatewayFacts>, string]>([
    [
      'is the earlier one again',
      { verified: false, caChange: { ...CHANGE, setBackAt: ago(0) } },
      'gateway-certificate-unverified',
    ],
    [
      "may be the earlier one and doesn't verify the certificate",
      { verified: false, caChange: { ...CHANGE, isOlder: true } },
      'gateway-certificate-unverified',
    ],
    ['may be the earlier one', { caChange: { ...CHANGE, isOlder: true } }, 'gateway-ca-changed'],
    ['has the same key', { caChange: renewed }, 'gateway-ca-changed'],
  ])("isn't to set the CA back if it %s", (_, facts, code) => {
    const remedy = stepsOf(facts, code);
    expect(remedy?.lastStep).toBeDefined();
    expect(remedy?.undo).toBeUndefined();
  });

  test('keeps the earlier CA, because the gateway may still use a certificate from it', () => {
    for (const facts of [{ ca: endsIn(DAY_MS) }, { caChange: CHANGE }, { caChange: renewed }])
      for (const { remedy } of controlPlaneFindings(gatewayFacts(facts), NOW_MS))
        expect(remedy.lastStep).toContain('beside the one in it');
  });
});

describe('a restart of the gateway', () => {
  const RECONNECT = 'they reconnect within about a minute';
  const ACCEPT = "those that accept the gateway's certificate reconnect within about a minute";
  const REJECT = "those that reject the gateway's certificate can't reconnect";

  test.each<[string, Partial<GatewayFacts> | null, string]>([
    ['nothing is known', null, ACCEPT],
    ["the CA isn't readable", { ca: { state: 'not-checked' } }, ACCEPT],
    ["the certificate isn't readable", { serving: { state: 'not-checked' } }, ACCEPT],
    [
      'only the certificate is known, and has expired',
      { ca: { state: 'missing' }, serving: endsIn(-1000, 90) },
      REJECT,
    ],
    ['nothing is wrong', {}, RECONNECT],
    ['the certificate expires soon', { serving: endsIn(DAY_MS, 90) }, RECONNECT],
    ['the CA was set back', { caChange: { ...CHANGE, setBackAt: ago(0) } }, RECONNECT],
    ['the certificate has expired', { serving: endsIn(-1000, 90) }, REJECT],
    ["the CA doesn't verify the certificate", { verified: false }, REJECT],
    ['the CA changed', { caChange: CHANGE }, REJECT],
  ])('promises the right reconnection when %s', (_, facts, text) => {
    expect(gatewayRestartEffect(facts === null ? null : gatewayFacts(facts), NOW_MS)).toContain(text);
  });

  test('waits after a renewal until every agent trusts the CA, if that differs', () => {
    const stepOf = (changes: Partial<GatewayFacts>) =>
      controlPlaneFindings(gatewayFacts({ serving: endsIn(-1000, 90), ...changes }), NOW_MS)[0]?.remedy
        .lastStep;
    expect(stepOf({})).toContain(RECONNECT);
    for (const changes of [{ verified: false }, { caChange: CHANGE }]) {
      expect(stepOf(changes)).toContain('and every agent trusts the CA that issued it, restart the gateway');
      expect(stepOf(changes)).toContain(REJECT);
    }
  });
});

import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';
import { CaWatch } from './ca-watch';

const NOW_MS = Date.now();
const LATER_MS = NOW_MS + 60_000;

async function ca(days = 400, fromDays = -10): Promise<X509Certificate> {
  const { certPem } = await CertificateAuthority.create('gateway', { fromDays, days });
  return new X509Certificate(certPem);
}

const first = await ca();
const second = await ca();
const third = await ca();
const expired = await ca(5);

let watch: CaWatch;
let readings: number;

/** The time of a reading of `see`, the first of which is 0. */
const at = (reading: number) => new Date(NOW_MS + reading * 60_000).toISOString();

/** Shows one CA after the other, a minute apart, beside a serving certificate that couldn't be read. */
function see(...cas: (X509Certificate | X509Certificate[])[]): void {
  for (const one of cas) {
    watch.saw({ bundle: [one].flat(), verifying: null }, NOW_MS + readings * 60_000);
    readings += 1;
  }
}

/** Shows one bundle after the other, a minute apart, beside a serving certificate from one CA. */
function seeServedBy(used: X509Certificate, ...bundles: X509Certificate[][]): void {
  for (const bundle of bundles) {
    const verifying = bundle.filter((one) => one === used);
    watch.saw({ bundle, verifying }, NOW_MS + readings * 60_000);
    readings += 1;
  }
}
beforeEach(() => {
  watch = new CaWatch();
  readings = 0;
});

const short = ({ fingerprint256 }: X509Certificate) => fingerprint256.slice(0, 11);

describe("the gateway's CA", () => {
  it('has no change while it stays the same, and is watched since it was first seen', () => {
    expect(watch.sinceMs).toBeNull();
    watch.saw({ bundle: [first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [first], verifying: null }, LATER_MS);
    expect(watch.change).toBeNull();
    expect(watch.sinceMs).toBe(NOW_MS);
  });

  it('changes when another one replaces it', () => {
    watch.saw({ bundle: [first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS);
    const change = {
      before: short(first),
      after: short(second),
      lastSeenAt: new Date(NOW_MS).toISOString(),
      seenAt: new Date(LATER_MS).toISOString(),
    };
    expect(watch.change).toEqual(change);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS + 60_000);
    expect(watch.change).toEqual(change);
  });

  it('has its times moved when the clock is set', () => {
    watch.saw({ bundle: [first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS);
    watch.shiftClock(60_000);
    expect(watch.sinceMs).toBe(NOW_MS + 60_000);
    expect(watch.change).toMatchObject({
      lastSeenAt: new Date(NOW_MS + 60_000).toISOString(),
      seenAt: new Date(LATER_MS + 60_000).toISOString(),
    });
  });

  it('changes when another one joins it only once it is gone', () => {
    watch.saw({ bundle: [first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [first, second], verifying: null }, NOW_MS + 1000);
    expect(watch.change).toBeNull();
    watch.saw({ bundle: [second], verifying: null }, LATER_MS);
    expect(watch.change).toMatchObject({ before: short(first), after: short(second) });
  });

  it("doesn't change when an expired one is removed", () => {
    watch.saw({ bundle: [expired, first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [first], verifying: null }, LATER_MS);
    expect(watch.change).toBeNull();
  });

  it('is set back when the earlier one returns, whatever it was in between', () => {
    see(first, second, third);
    expect(watch.change).toMatchObject({
      before: short(first),
      after: short(third),
      lastSeenAt: at(0),
      seenAt: at(1),
      changedAgainAt: at(2),
    });
    see(first);
    expect(watch.change).toMatchObject({ before: short(first), after: short(third), setBackAt: at(3) });
    see(first);
    expect(watch.change?.setBackAt).toBe(at(3));
  });

  it('says that the earlier one is back beside another one', () => {
    see(first, second);
    see([second, first]);
    expect(watch.change).toMatchObject({ setBackAt: at(2), isBesideOther: true });
  });

  it('changes anew after it was set back', () => {
    see(first, second, first, second);
    expect(watch.change).toMatchObject({ before: short(first), lastSeenAt: at(2), seenAt: at(3) });
    expect(watch.change).not.toHaveProperty('setBackAt');
    expect(watch.change).not.toHaveProperty('changedAgainAt');
  });

  it('is set back only once all of a bundle is back', () => {
    see([first, third], second, [second, third]);
    expect(watch.change).toMatchObject({ before: short(first), after: short(second), seenAt: at(1) });
    expect(watch.change).not.toHaveProperty('setBackAt');
    see([third, first]);
    expect(watch.change?.setBackAt).toBe(at(3));
  });

  describe('beside a serving certificate from one CA', () => {
    it.each<[string, ...X509Certificate[][]]>([
      ['another one', [first], [second], [first, second], [first]],
      ['one that was only beside it', [first], [second, first], [first]],
      ['two, one after the other', [first], [second, first], [second, third], [first]],
      ['all of these', [first], [second], [second, first], [second, third], [first]],
      ['one that was there from the start', [second, first], [first]],
    ])('has no change once it is that CA again after %s', (_, ...bundles) => {
      seeServedBy(first, ...bundles);
      expect(watch.change === null || watch.change.setBackAt !== undefined).toBe(true);
    });

    it('changes when that CA is gone, although another one stays', () => {
      seeServedBy(first, [second, first], [second]);
      expect(watch.change).toMatchObject({ before: short(first), after: short(second) });
      expect(watch.change).not.toHaveProperty('setBackAt');
    });

    it('changes when a CA that issued an earlier one is gone', () => {
      seeServedBy(first, [first, second]);
      seeServedBy(second, [first, second], [second]);
      expect(watch.change).toMatchObject({ before: short(first), after: short(second) });
    });

    it('changes when the first one that was seen is gone, because the gateway may use an earlier certificate', () => {
      seeServedBy(second, [first], [second], [second]);
      expect(watch.change).toMatchObject({ before: short(first), after: short(second) });
      expect(watch.change).not.toHaveProperty('setBackAt');
    });
  });

  it('stays changed when the earlier one expires in the meantime', async () => {
    const soon = await ca(11);
    watch.saw({ bundle: [soon], verifying: null }, NOW_MS);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS);
    watch.saw({ bundle: [second], verifying: null }, NOW_MS + 2 * DAY_MS);
    expect(watch.change).toMatchObject({ before: short(soon) });
    expect(watch.change).not.toHaveProperty('setBackAt');
  });

  it('is what agents have after it was reported for 7 days', () => {
    watch.saw({ bundle: [first], verifying: null }, NOW_MS);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS);
    watch.saw({ bundle: [second], verifying: null }, LATER_MS + 7 * DAY_MS + 1000);
    expect(watch.change).toBeNull();
    watch.saw({ bundle: [first], verifying: null }, LATER_MS + 7 * DAY_MS + 60_000);
    expect(watch.change).toMatchObject({ before: short(second), after: short(first) });
    expect(watch.change).not.toHaveProperty('setBackAt');
  });

  it('may be one that agents have already, if it was issued before the one that it replaces', async () => {
    const older = await ca(400, -100);
    see(first, older);
    expect(watch.change).toMatchObject({ before: short(first), after: short(older), isOlder: true });
  });

  it('is known to keep its key when it is renewed with the same key', async () => {
    const { certPem, keyPem } = await selfSignedAgent('gateway', { days: 30 });
    const renewed = await selfSignedAgent('gateway', { days: 400 }, keyPem);
    const earlier = new X509Certificate(certPem);
    watch.saw({ bundle: [earlier], verifying: null }, NOW_MS);
    watch.saw({ bundle: [new X509Certificate(renewed.certPem)], verifying: null }, LATER_MS);
    expect(watch.change?.sameKeyUntil).toBe(earlier.validToDate.toISOString());
  });
});

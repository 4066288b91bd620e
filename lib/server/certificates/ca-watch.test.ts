import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { CaWatch } from './ca-watch';

const NOW_MS = Date.now();
const LATER_MS = NOW_MS + 60_000;

async function ca(days = 400, fromDays = -10): Promise<X509Certificate> {
  const { certPem } = await CertificateAuthority.create('gateway', { fromDays, days });
  return new X509Certificate(certPem);
}

const first = await ca();
const second = await ca();
const expired = await ca(5);

let watch: CaWatch;
beforeEach(() => {
  watch = new CaWatch();
});

const short = ({ fingerprint256 }: X509Certificate) => fingerprint256.slice(0, 11);

describe("the gateway's CA", () => {
  it('has no change while it stays the same, and is watched since it was first seen', () => {
    expect(watch.sinceMs).toBeNull();
    watch.saw([first], NOW_MS);
    watch.saw([first], LATER_MS);
    expect(watch.change).toBeNull();
    expect(watch.sinceMs).toBe(NOW_MS);
  });

  it('changes when another one replaces it', () => {
    watch.saw([first], NOW_MS);
    watch.saw([second], LATER_MS);
    const change = {
      before: short(first),
      after: short(second),
      lastSeenAt: new Date(NOW_MS).toISOString(),
      seenAt: new Date(LATER_MS).toISOString(),
    };
    expect(watch.change).toEqual(change);
    watch.saw([second], LATER_MS + 60_000);
    expect(watch.change).toEqual(change);
  });

  it('changes when another one joins it only once it is gone', () => {
    watch.saw([first], NOW_MS);
    watch.saw([first, second], NOW_MS + 1000);
    expect(watch.change).toBeNull();
    watch.saw([second], LATER_MS);
    expect(watch.change).toMatchObject({ before: short(first), after: short(second) });
  });

  it("doesn't change when an expired one is removed", () => {
    watch.saw([expired, first], NOW_MS);
    watch.saw([first], LATER_MS);
    expect(watch.change).toBeNull();
  });

  it('changes again when the earlier one returns', () => {
    watch.saw([first], NOW_MS);
    watch.saw([second], LATER_MS);
    watch.saw([first], LATER_MS + 60_000);
    expect(watch.change).toMatchObject({ before: short(second), after: short(first) });
  });

  it('is known to keep its key when it is renewed with the same key', async () => {
    const { certPem, keyPem } = await selfSignedAgent('gateway', { days: 30 });
    const renewed = await selfSignedAgent('gateway', { days: 400 }, keyPem);
    const earlier = new X509Certificate(certPem);
    watch.saw([earlier], NOW_MS);
    watch.saw([new X509Certificate(renewed.certPem)], LATER_MS);
    expect(watch.change?.sameKeyUntil).toBe(earlier.validToDate.toISOString());
  });
});

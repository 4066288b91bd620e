import { beforeEach, describe, expect, it } from 'vitest';
import { LeaseRenewals } from './lease-renewals';

let renewals: LeaseRenewals;
beforeEach(() => {
  renewals = new LeaseRenewals();
});

const saw = (renewedAt: string, seconds: number, holder = 'manager-0') =>
  renewals.saw({ name: '43500532.openchoreo.dev', holder, renewedAt }, seconds * 1000);

describe('the renewals of a Lease', () => {
  it('are unknown after one reading', () => {
    expect(saw('a', 0)).toBe('unknown');
    expect(saw('a', 14)).toBe('unknown');
  });

  it('are seen when it differs between two readings, until it stays the same', () => {
    saw('a', 0);
    expect(saw('b', 20)).toBe('seen');
    expect(saw('b', 34)).toBe('seen');
    expect(saw('b', 35)).toBe('none');
  });

  it('prove nothing when the reading before was long ago', () => {
    saw('a', 0);
    expect(saw('b', 61)).toBe('unknown');
  });

  it("aren't those of another leader", () => {
    saw('a', 0);
    expect(saw('b', 20, 'manager-1')).toBe('unknown');
  });
});

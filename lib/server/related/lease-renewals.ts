import 'server-only';
import type { ControlPlaneState } from '@/lib/plane/related/related-resources';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import type { ControllerLease } from './controller-leases';

/** A leader renews its Lease every 2 s and gives up after this time. */
const KEPT_MS = 15 * SECOND_MS;
/** A renewal that was seen longer ago proves nothing about now. */
const PROVEN_MS = 60 * SECOND_MS;
/** There is one leader; others are earlier ones. */
const MAX_SIGHTINGS = 20;

type Renewals = NonNullable<ControlPlaneState['lease']>['renewals'];

interface Sighting {
  readonly renewedAt: string | null;
  readonly firstSeenAtMs: number;
  /** When the renewal before was last seen; null: none was. */
  readonly beforeAtMs: number | null;
  readonly lastSeenAtMs: number;
}

/**
 * Remembers the controller's Leases between readings. Renewal times are written by the controller's clock, so they are
 * only compared with each other. All times here are on the monotonic clock.
 */
export class LeaseRenewals {
  private readonly sightings = new Map<string, Sighting>();

  /** Takes in a Lease that was just read. */
  saw({ name, holder, renewedAt }: ControllerLease, nowMs = monotonicMs()): Renewals {
    // The holder's name is unique, so another leader's renewals, or another cluster's, aren't compared.
    const key = `${name} ${holder}`;
    const known = this.sightings.get(key);
    const isSame = known?.renewedAt === renewedAt;
    const sighting = {
      renewedAt,
      firstSeenAtMs: known && isSame ? known.firstSeenAtMs : nowMs,
      beforeAtMs: isSame ? (known?.beforeAtMs ?? null) : (known?.lastSeenAtMs ?? null),
      lastSeenAtMs: nowMs,
    };
    this.sightings.delete(key);
    this.sightings.set(key, sighting);
    if (this.sightings.size > MAX_SIGHTINGS) this.sightings.delete([...this.sightings.keys()][0] ?? '');
    const { beforeAtMs, firstSeenAtMs } = sighting;
    if (nowMs - firstSeenAtMs >= paced(KEPT_MS)) return 'none';
    return beforeAtMs !== null && nowMs - beforeAtMs <= paced(PROVEN_MS) ? 'seen' : 'unknown';
  }
}

/** Returns the process's memory of Leases, which no reader's permissions limit: they are compared, not shown. */
export function leaseRenewals(): LeaseRenewals {
  return processSlot('lease-renewals', () => new LeaseRenewals());
}

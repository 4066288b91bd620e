import { vi } from 'vitest';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import { type CertificateFact, DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { PlaneHistory } from '@/lib/server/history/plane-history';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';

/** A plane whose uid and planeID are its name. */
export function named(name: string, changes: Partial<Plane> = {}): Plane {
  return aPlane({ uid: name, name, planeID: name, ...changes });
}

/**
 * A fleet engine that watches data planes and observability planes, on clocks that the test moves: it replaces the timers
 * until it is stopped.
 */
export class TestFleet {
  /** The API server's clock. */
  nowMs = NOW_MS;
  /** What the engine has published since the start. */
  readonly sent: ChangeSet[] = [];
  /** The facts about certificates by uid; a plane without one isn't checked. */
  readonly certificates = new Map<string, CertificateFact>();
  readonly history = new PlaneHistory();
  readonly engine: FleetEngine;

  constructor() {
    vi.useFakeTimers();
    this.engine = new FleetEngine({
      history: this.history,
      limits: DEFAULT_LIMITS,
      nowMs: () => this.nowMs,
      certificates: {
        factOf: (uid) => this.certificates.get(uid) ?? { state: 'not-checked' },
        forget: (uid) => this.certificates.delete(uid),
      },
    });
    for (const plural of ['dataplanes', 'observabilityplanes']) {
      this.engine.sources.add({ plural });
      this.engine.replaceKind({ plural }, []);
      this.engine.sources.watching({ plural });
    }
    this.engine.flush();
    this.engine.subscribe((changes) => this.sent.push(changes));
    this.engine.start();
  }

  stop(): void {
    this.engine.stop();
    vi.useRealTimers();
  }

  /** Advances the API server's clock and the timers. Every watch delivers something each second if `hasContact`. */
  async pass(ms: number, hasContact = true): Promise<void> {
    for (let left = ms; left > 0; left -= SECOND_MS) {
      const stepMs = Math.min(left, SECOND_MS);
      this.nowMs += stepMs;
      if (hasContact)
        for (const plural of this.engine.sources.plurals()) this.engine.sources.contact({ plural });
      await vi.advanceTimersByTimeAsync(stepMs);
    }
  }

  /** The uids of the planes that were published as new or changed. */
  uidsSent(): string[] {
    return this.sent.flatMap(({ upserts }) => upserts.map(({ uid }) => uid));
  }

  /** The uids of the planes that were published as deleted. */
  deletesSent(): string[] {
    return this.sent.flatMap(({ deletes }) => deletes.map(({ uid }) => uid));
  }

  healthOf(uid: string): DerivedHealth | undefined {
    return this.engine.records().find(({ plane }) => plane.uid === uid)?.health ?? undefined;
  }

  stateOf(uid: string): string | undefined {
    return this.healthOf(uid)?.state;
  }
}

import 'server-only';
import { positiveConditions } from '@/lib/plane/health/controller-rules';
import type { CredentialChange } from '@/lib/plane/health/health-facts';
import { decidesConnection } from '@/lib/plane/history/connection-change';
import { secretPath } from '@/lib/plane/history/traced-fields';
import { findCondition } from '@/lib/plane/model/conditions';
import type { Plane } from '@/lib/plane/model/plane';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';

/** A point in a plane's past: a time on the API server's clock, or a generation of its spec. */
interface Moment {
  readonly atMs: number;
  readonly generation: number;
}

/** A change of a Secret, and whether its content was set back. */
interface SeenChange {
  readonly id: string;
  readonly secret: string;
  /** The Secret, its key and the credential's slot. */
  readonly place: string;
  /** When the content from before it was last read. */
  readonly since: Moment;
  /** When the content that was set back later was last read; null: it's the present one. */
  readonly until: Moment | null;
  /** When the change, or the later one that set it back, was seen. */
  readonly seenAtMs: number;
}

/** More than people make before one of them is set back. */
const MAX_CHANGES = 20;

/**
 * The changes of the Secrets from which the control plane takes the credentials to call a plane's cluster. A condition that
 * was written with other credentials says nothing about the present ones, and no controller watches Secrets.
 *
 * A condition that was written between two readings counts as written after the change: each change of a condition has
 * the Secrets read at once, so without a change before it, that reading would have shown the earlier content.
 */
export class CredentialChanges {
  private changes: readonly SeenChange[] = [];

  /**
   * Takes in the changes that one reading showed.
   *
   * @param plane as last read
   * @param nowMs the API server's clock
   */
  add(seen: readonly SecretChange[], { generation }: Pick<Plane, 'generation'>, nowMs: number): void {
    for (const { id, secret, key, slot, earlierMs, takesBack } of seen) {
      if (!decidesConnection(secretPath(secret, key, slot))) continue;
      const place = `${secret} ${key} ${slot}`;
      const moment = { atMs: nowMs - earlierMs, generation };
      if (takesBack === undefined) {
        const change = { id, secret, place, since: moment, until: null, seenAtMs: nowMs };
        this.changes = [...this.changes, change].slice(-MAX_CHANGES);
      } else this.setBack(place, takesBack, moment, nowMs);
    }
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shift(byMs: number): void {
    const shifted = (moment: Moment) => ({ ...moment, atMs: moment.atMs + byMs });
    this.changes = this.changes.map((change) => ({
      ...change,
      since: shifted(change.since),
      until: change.until && shifted(change.until),
      seenAtMs: change.seenAtMs + byMs,
    }));
  }

  /** Returns which conditions of a plane were written with other credentials; undefined if none was. */
  factOf(plane: Plane): CredentialChange | undefined {
    // An agent brings its own credentials, which are checked when it connects.
    if (this.changes.length === 0 || plane.connection !== 'direct') return undefined;
    const outdated = positiveConditions(plane).flatMap((type) => {
      const changes = this.changes.filter((change) => isFromOther(change, type, plane));
      return changes.length > 0 ? [{ type, changes }] : [];
    });
    const changes = outdated.flatMap((one) => one.changes);
    if (changes.length === 0) return undefined;
    return {
      seenAt: formatRfc3339(Math.max(...changes.map(({ seenAtMs }) => seenAtMs))),
      secrets: [...new Set(changes.map(({ secret }) => secret))],
      conditions: outdated.map(({ type }) => type),
    };
  }

  /** The content from before a change is back, so what was changed after it is undone too. */
  private setBack(place: string, id: string, until: Moment, seenAtMs: number): void {
    const first = this.changes.findIndex((change) => change.id === id);
    if (first === -1) return;
    this.changes = this.changes.map((change, index) =>
      index >= first && change.place === place && change.until === null
        ? { ...change, until, seenAtMs }
        : change,
    );
  }
}

/** Returns whether a condition was written while a Secret had another content than it has now. */
function isFromOther({ since, until }: SeenChange, type: string, plane: Plane): boolean {
  const isAfter = wasWrittenAfter(type, plane, since);
  return until === null ? !isAfter : isAfter && !wasWrittenAfter(type, plane, until);
}

/** A condition that was written again for a later spec keeps the time of its last transition. */
function wasWrittenAfter(
  type: string,
  { conditions, observedGeneration = 0 }: Plane,
  { atMs, generation }: Moment,
): boolean {
  const condition = findCondition(conditions, type);
  const writtenAtMs = parseTimeMs(condition?.lastTransitionTime) ?? Number.NEGATIVE_INFINITY;
  return writtenAtMs > atMs || (condition?.observedGeneration ?? observedGeneration) > generation;
}

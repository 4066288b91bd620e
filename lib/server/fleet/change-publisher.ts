import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { ControlPlane } from '@/lib/plane/health/gateway-certificates';
import type { Incident } from '@/lib/plane/health/incident';
import type { PlaneScope } from '@/lib/server/rights/view';
import type { SentContent, SentRow } from './sent-row';

/** The first change is published at once; changes within this time are published together. */
const BATCH_MS = 50;

/** A plane that readers know. */
export interface SentPlane extends PlaneScope {
  readonly uid: string;
}

/** A plane as sent. */
export interface EncodedPlane extends SentPlane {
  /** Encodes it once for all readers, if there are any. Must be called before the plane changes again. */
  readonly json: () => string;
  /** The plane in the contract's compact form when only its heartbeat differs from what readers have. */
  readonly heartbeatJson: string | undefined;
}

/** Returns what identifies a plane to readers, without the rest of it. */
export function sentPlane({ uid, plural, namespace, name }: SentPlane): SentPlane {
  return { uid, plural, namespace, name };
}

/**
 * Returns a plane for readers.
 *
 * @param heartbeatJson only if nothing else differs
 */
export function encodedPlane(
  plane: SentPlane,
  row: Pick<SentRow, 'json'>,
  heartbeatJson?: string,
): EncodedPlane {
  let json: string | undefined;
  return {
    ...sentPlane(plane),
    json: () => {
      json ??= row.json();
      return json;
    },
    heartbeatJson,
  };
}

/** Everything that differs between a revision of the fleet and the one before. */
export interface ChangeSet {
  readonly revision: number;
  readonly upserts: readonly EncodedPlane[];
  /**
   * The planes whose facts were derived again, with what readers of the whole fleet had of each before. They may differ
   * for those who don't see all planes.
   */
  readonly derived: ReadonlyMap<string, SentContent | null>;
  readonly deletes: readonly SentPlane[];
  /** Present only when it differs. */
  readonly apiServer: ApiServer | undefined;
  readonly sources: readonly Source[] | undefined;
  readonly incidents: readonly Incident[] | undefined;
  readonly controlPlane?: ControlPlane | undefined;
}

/**
 * Decides when the fleet's changes are published, numbers them, and passes them to all subscribers in the same order.
 */
export class ChangePublisher {
  private readonly listeners = new Set<(changes: ChangeSet) => void>();
  private lastRevision = 0;
  private publishedAtMs = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param flush collects the changes and publishes them
   * @param hasViews whether any reader doesn't see all planes, so that planes may differ for that one alone
   */
  constructor(
    private readonly flush: () => void,
    private readonly hasViews: () => boolean = () => false,
  ) {}

  get revision(): number {
    return this.lastRevision;
  }

  /** Calls the listener with each change set, in order of revision. Returns a function that unsubscribes. */
  subscribe(listener: (changes: ChangeSet) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Schedules a flush, at the earliest one batch after the last change set. */
  schedule(): void {
    if (this.timer) return;
    const waitMs = Math.max(0, this.publishedAtMs + BATCH_MS - performance.now());
    this.timer = setTimeout(this.flush, waitMs);
  }

  /** Cancels the scheduled flush, because one is under way. */
  unschedule(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Publishes one revision; does nothing when there are no changes. */
  publish(changes: Omit<ChangeSet, 'revision'>): void {
    const { derived, upserts, deletes, sources, apiServer, incidents, controlPlane } = changes;
    const isEmpty = (this.hasViews() ? derived.size : upserts.length) + deletes.length === 0;
    if (isEmpty && !sources && !apiServer && !incidents && !controlPlane) return;
    this.publishedAtMs = performance.now();
    this.send(changes);
  }

  /** Publishes a revision without changes. */
  advance(): void {
    this.send({
      upserts: [],
      derived: new Map(),
      deletes: [],
      sources: undefined,
      apiServer: undefined,
      incidents: undefined,
    });
  }

  private send(changes: Omit<ChangeSet, 'revision'>): void {
    this.lastRevision += 1;
    for (const listener of this.listeners) listener({ revision: this.lastRevision, ...changes });
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

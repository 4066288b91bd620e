import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { Incident } from '@/lib/plane/health/incident';

/** What decides who may see a plane. */
export interface PlaneScope {
  readonly uid: string;
  readonly plural: string;
  readonly namespace: string | undefined;
}

/** What somebody may see. Readers whose keys are equal get the same bytes, encoded once. */
export interface Visibility {
  readonly key: string;
  readonly sees: (scope: PlaneScope) => boolean;
}

/** A plane as it travels, encoded once for all readers. */
export interface WireRow extends PlaneScope {
  readonly json: string;
  /** `[uid, lastHeartbeatTime, resourceVersion]` as JSON where nothing else differs from what readers were told. */
  readonly beat: string | undefined;
}

/** Everything that differs between one revision of the fleet and the one before. */
export interface ChangeSet {
  readonly revision: number;
  readonly upserts: readonly WireRow[];
  readonly deletes: readonly PlaneScope[];
  /** Present only when it differs. */
  readonly apiServer: ApiServer | undefined;
  readonly sources: readonly Source[] | undefined;
  readonly incidents: readonly Incident[] | undefined;
}

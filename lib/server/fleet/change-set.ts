import type { PlaneScope } from '@/lib/server/rights/visible-planes';
import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { Incident } from '@/lib/plane/health/incident';

/** A plane as it travels, encoded once for all readers. */
export interface EncodedPlane extends PlaneScope {
  readonly json: string;
  /** `[uid, lastHeartbeatTime, resourceVersion]` as JSON where nothing else differs from what readers were told. */
  readonly beat: string | undefined;
}

/** Everything that differs between one revision of the fleet and the one before. */
export interface ChangeSet {
  readonly revision: number;
  readonly upserts: readonly EncodedPlane[];
  readonly deletes: readonly PlaneScope[];
  /** Present only when it differs. */
  readonly apiServer: ApiServer | undefined;
  readonly sources: readonly Source[] | undefined;
  readonly incidents: readonly Incident[] | undefined;
}

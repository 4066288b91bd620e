import type { ApiServer, FleetChanges, FleetPlane, Source } from '@/lib/api/fleet';
import type { ControlPlane } from '@/lib/plane/health/gateway-certificates';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { Incident } from '@/lib/plane/health/incident';
import type { Delivery } from './event-stream';
import type { FeedFrame } from './feed-frame';

/** `connecting` until the first snapshot, `live` while frames arrive, `lost` once they stop. */
export type FeedStatus = 'connecting' | 'live' | 'lost';

/**
 * The page's view of the fleet. Each frame creates a new object; `planes` is the same map until the next snapshot.
 */
export interface FleetState {
  readonly status: FeedStatus;
  /** The server's sentence if it admits no more readers; null otherwise. */
  readonly refusal: string | null;
  /** Whether frames arrive by the stream or, because a proxy holds it back, by polling. */
  readonly delivery: Delivery;
  /** When the last frame arrived, on this browser's monotonic clock (`monotonicMs`); null before the first. */
  readonly lastFrameAtMs: number | null;
  /** The server run that the revision belongs to; null until the first snapshot. */
  readonly epoch: string | null;
  readonly revision: number;
  /**
   * Increases with every change of `planes`, which is changed in place: 10,000 entries aren't copied for a heartbeat.
   */
  readonly version: number;
  readonly planes: ReadonlyMap<string, FleetPlane>;
  /** The planes that the last frame set or removed; null if any may differ. */
  readonly changedUids: ReadonlySet<string> | null;
  readonly sources: readonly Source[];
  readonly apiServer: ApiServer | null;
  readonly incidents: readonly Incident[];
  readonly controlPlane: ControlPlane;
  readonly limits: HealthLimits | null;
  readonly installation: string | null;
}

export const INITIAL_FLEET_STATE: FleetState = {
  status: 'connecting',
  refusal: null,
  delivery: 'stream',
  lastFrameAtMs: null,
  epoch: null,
  revision: 0,
  version: 0,
  planes: new Map(),
  changedUids: null,
  sources: [],
  apiServer: null,
  incidents: [],
  controlPlane: { findings: [] },
  limits: null,
  installation: null,
};

const NOTHING_CHANGED: ReadonlySet<string> = new Set();

/**
 * Returns the state after a frame. A `changes` frame is applied only if it continues the state: the same epoch and a
 * newer revision. A snapshot that was fetched separately may have overtaken frames of the stream.
 *
 * @param nowMs this browser's monotonic clock
 */
export function applyFrame(
  state: FleetState,
  frame: Exclude<FeedFrame, { event: 'part' }>,
  nowMs: number,
): FleetState {
  const received = {
    ...state,
    status: 'live' as const,
    refusal: null,
    lastFrameAtMs: nowMs,
    changedUids: NOTHING_CHANGED,
  };
  switch (frame.event) {
    case 'snapshot': {
      const { epoch, revision, planes, sources, apiServer, incidents, controlPlane } = frame.data;
      const { limits, installation } = frame.data;
      if (state.epoch === epoch && revision < state.revision) return received;
      return {
        ...received,
        epoch,
        revision,
        version: state.version + 1,
        planes: new Map(planes.map((plane) => [plane.uid, plane])),
        changedUids: null,
        sources,
        apiServer,
        incidents,
        controlPlane,
        limits,
        installation,
      };
    }
    case 'changes': {
      if (state.epoch !== frame.epoch || frame.data.revision <= state.revision) return received;
      return { ...received, ...applyChanges(state, frame.data) };
    }
    case 'keepalive':
      // Before the first snapshot, nothing can be live.
      if (state.epoch === null) return state;
      return { ...received, apiServer: frame.data.apiServer, sources: frame.data.sources };
  }
}

function applyChanges(
  state: FleetState,
  changes: Extract<FeedFrame, { event: 'changes' }>['data'],
): Pick<
  FleetState,
  'revision' | 'version' | 'planes' | 'changedUids' | 'apiServer' | 'sources' | 'incidents' | 'controlPlane'
> {
  const planes = state.planes as Map<string, FleetPlane>;
  for (const uid of changes.deletes) planes.delete(uid);
  for (const plane of changes.upserts) planes.set(plane.uid, plane);
  const heartbeats = changes.heartbeats ?? [];
  for (const heartbeat of heartbeats) applyHeartbeat(planes, heartbeat);
  return {
    revision: changes.revision,
    version: state.version + 1,
    planes,
    changedUids: new Set([
      ...changes.deletes,
      ...changes.upserts.map((plane) => plane.uid),
      ...heartbeats.map(([uid]) => uid),
    ]),
    apiServer: changes.apiServer ?? state.apiServer,
    sources: changes.sources ?? state.sources,
    incidents: changes.incidents ?? state.incidents,
    controlPlane: changes.controlPlane ?? state.controlPlane,
  };
}

/**
 * Applies a change of just the heartbeat, or of nothing in the row: then something outside the row changed, such as
 * the spec, and with it the resourceVersion.
 */
function applyHeartbeat(
  planes: Map<string, FleetPlane>,
  [uid, lastHeartbeatTime, resourceVersion, heartbeatGap]: NonNullable<FleetChanges['heartbeats']>[number],
): void {
  const plane = planes.get(uid);
  if (!plane?.agent) return;
  const { lastHeartbeatTime: _before, ...rest } = plane.agent;
  const agent = lastHeartbeatTime === null ? rest : { ...plane.agent, lastHeartbeatTime };
  const { heartbeatGap: _gap, ...facts } = plane.facts;
  planes.set(uid, {
    ...plane,
    resourceVersion,
    agent,
    facts: heartbeatGap ? { ...facts, heartbeatGap } : facts,
  });
}

import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { CertificateDetail } from './certificate-detail';

/** What a status said of a plane's agents at one time. */
export interface AgentObservation {
  /** When this page heard of it, milliseconds since the epoch on the API server's clock. */
  readonly atMs: number;
  readonly agents: number;
  readonly lastConnectedTime: string | undefined;
}

/** What was seen of a plane's agents since somebody began to watch. */
export interface AgentHandover {
  readonly observations: readonly AgentObservation[];
  /** The fewest that any status named; null: none has said anything. */
  readonly fewest: number | null;
  /**
   * `came`: there was one more for a while, or it was lost and is back, as when a restarted agent takes over from the
   * one before it. `lost`: none is connected now. `none`: nothing has changed.
   */
  readonly change: 'none' | 'lost' | 'came';
}

export const NO_OBSERVATIONS: AgentHandover = { observations: [], fewest: null, change: 'none' };

/** More than these changes nobody reads. */
const KEPT = 20;

/**
 * The watch with one more status. A status that says the same adds nothing.
 *
 * @param agent undefined: the status says nothing of agents
 */
export function withObservation(
  watch: AgentHandover,
  agent: AgentConnection | undefined,
  nowMs: number,
): AgentHandover {
  if (!agent) return watch;
  const agents = agent.connected ? agent.connectedAgents : 0;
  const { lastConnectedTime } = agent;
  const last = watch.observations.at(-1);
  if (last && last.agents === agents && last.lastConnectedTime === lastConnectedTime) return watch;
  const observation = { atMs: nowMs, agents, lastConnectedTime };
  const cameBack =
    last !== undefined &&
    (agents > last.agents || (agents > 0 && lastConnectedTime !== last.lastConnectedTime));
  return {
    observations: [...watch.observations, observation].slice(-KEPT),
    fewest: Math.min(watch.fewest ?? agents, agents),
    change: agents === 0 && last !== undefined ? 'lost' : cameBack ? 'came' : watch.change,
  };
}

/**
 * How a plane's agent is after its old certificate was dropped. `waiting`: the last that was written is from before.
 * `unmeasured`: nothing reports on an agent.
 */
export type RemovalOutcome = 'waiting' | 'connected' | 'lost' | 'unmeasured';

/**
 * What a plane's status says of the time after a certificate was dropped. Only a heartbeat from after it proves that an
 * agent is there; that none is connected is believed at once.
 *
 * @param droppedAt RFC 3339, on the API server's clock
 */
export function removalOutcome({ agent }: Pick<Plane, 'agent'>, droppedAt: string): RemovalOutcome {
  if (!agent) return 'unmeasured';
  if (!agent.connected) return 'lost';
  const heartbeatMs = parseTimeMs(agent.lastHeartbeatTime);
  const droppedMs = parseTimeMs(droppedAt);
  return heartbeatMs !== null && droppedMs !== null && heartbeatMs > droppedMs ? 'connected' : 'waiting';
}

/**
 * Which certificate of a bundle is to stay once the agent has changed over, by fingerprint: the one that begins last. What is
 * renewed begins later than what it replaces; where two begin at once, it is the one further back, as a new one is put
 * at the end. A proposal only: the person decides.
 */
export function certificateToKeep(certificates: readonly CertificateDetail[]): string | null {
  let newest: CertificateDetail | null = null;
  for (const certificate of certificates) {
    if (newest === null || Date.parse(certificate.notBefore) >= Date.parse(newest.notBefore))
      newest = certificate;
  }
  return newest?.fingerprint ?? null;
}

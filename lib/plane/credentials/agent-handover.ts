import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { CertificateDetail } from './certificate-detail';

/** A plane's agents as one status reported them. */
export interface AgentObservation {
  /** When this page received it, milliseconds since the epoch on the API server's clock. */
  readonly atMs: number;
  readonly agents: number;
  readonly lastConnectedTime: string | undefined;
}

/** The changes seen among a plane's agents since the watch began. */
export interface AgentHandover {
  readonly observations: readonly AgentObservation[];
  /** The lowest number of agents any status reported, or null before the first report. */
  readonly fewest: number | null;
  /**
   * `came`: an extra agent was connected for a while, or the agent disconnected and reconnected, as when a restarted agent
   * takes over from its predecessor. `lost`: no agent is connected now. `none`: nothing has changed.
   */
  readonly change: 'none' | 'lost' | 'came';
}

export const NO_OBSERVATIONS: AgentHandover = { observations: [], fewest: null, change: 'none' };

/** The number of observations to keep. The page shows no more. */
const MAX_OBSERVATIONS = 20;

/**
 * Adds a status to the watch. A status that reports the same agents adds nothing.
 *
 * @param agent undefined if the status doesn't report agents
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
    observations: [...watch.observations, observation].slice(-MAX_OBSERVATIONS),
    fewest: Math.min(watch.fewest ?? agents, agents),
    change: agents === 0 && last !== undefined ? 'lost' : cameBack ? 'came' : watch.change,
  };
}

/**
 * The agent's state after its old certificate was removed. `waiting`: the last status is from before the removal.
 * `unmeasured`: no status reports an agent.
 */
export type RemovalOutcome = 'waiting' | 'connected' | 'lost' | 'unmeasured';

/**
 * Judges a plane's status after a certificate was removed. Only a heartbeat from after the removal proves a
 * connection. A disconnected agent needs no such proof.
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
 * Proposes the certificate of a bundle to keep after the agent's handover, by fingerprint: the one with the latest
 * start. A renewed certificate starts later than the one it replaces. If two start at the same time, it's the later
 * one in the bundle, because new certificates are appended. The person decides.
 */
export function certificateToKeep(certificates: readonly CertificateDetail[]): string | null {
  let newest: CertificateDetail | null = null;
  for (const certificate of certificates) {
    if (newest === null || Date.parse(certificate.notBefore) >= Date.parse(newest.notBefore))
      newest = certificate;
  }
  return newest?.fingerprint ?? null;
}

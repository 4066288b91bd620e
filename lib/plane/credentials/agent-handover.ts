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
export interface AgentWatch {
  readonly observations: readonly AgentObservation[];
  /** The lowest number of agents any status reported, or null before the first report. */
  readonly fewest: number | null;
}

export const NO_OBSERVATIONS: AgentWatch = { observations: [], fewest: null };

/** The page's clock ticks each second, and only estimates the API server's. */
const CLOCK_TOLERANCE_MS = 2000;

/** The number of observations to keep. The page shows no more. */
const MAX_OBSERVATIONS = 20;

/**
 * Adds a status to the watch. A status that reports the same agents adds nothing.
 *
 * @param agent undefined if the status doesn't report agents
 */
export function withObservation(
  watch: AgentWatch,
  agent: AgentConnection | undefined,
  nowMs: number,
): AgentWatch {
  if (!agent) return watch;
  const agents = agent.connected ? agent.connectedAgents : 0;
  const { lastConnectedTime } = agent;
  const last = watch.observations.at(-1);
  if (last && last.agents === agents && last.lastConnectedTime === lastConnectedTime) return watch;
  const observation = { atMs: nowMs, agents, lastConnectedTime };
  return {
    observations: [...watch.observations, observation].slice(-MAX_OBSERVATIONS),
    fewest: Math.min(watch.fewest ?? agents, agents),
  };
}

/**
 * The agent's handover from one certificate to another. `waiting`: nothing has changed. `both`: an additional agent is
 * connected. `observed`: an agent has connected, and no additional one is left. `said`: a person says that the agent
 * was restarted, and a later heartbeat shows that it's connected. `lost`: no agent is connected. `unmeasured`: no
 * status reports agents.
 */
export type AgentHandover = 'waiting' | 'both' | 'observed' | 'said' | 'lost' | 'unmeasured';

/**
 * Judges whether the agent was restarted since a moment. A restarted agent takes over from its predecessor, so the
 * number of agents rises and falls, falls to zero and rises again, or the reported time of the last connection moves.
 * A rolling restart between two statuses leaves none of these traces; then only a person knows.
 *
 * @param sinceMs when the new certificate was stored, on the API server's clock
 * @param saidMs when a person said that the agent was restarted, on the API server's clock; null: nobody did
 */
export function agentHandover(
  { agent }: Pick<Plane, 'agent'>,
  { observations }: AgentWatch,
  sinceMs: number,
  saidMs: number | null,
): AgentHandover {
  if (!agent) return 'unmeasured';
  if (!agent.connected || agent.connectedAgents === 0) return 'lost';
  const fromMs = sinceMs - CLOCK_TOLERANCE_MS;
  const before = observations.findLast(({ atMs }) => atMs < fromMs);
  const since = observations.filter(({ atMs }) => atMs >= fromMs);
  const counts = [...(before ? [before] : []), ...since].map(({ agents }) => agents);
  if (counts.some((count, index) => count > 0 && isTakeover(counts.slice(0, index), count)))
    return 'observed';
  const heartbeatMs = parseTimeMs(agent.lastHeartbeatTime);
  if (saidMs !== null && heartbeatMs !== null && heartbeatMs > saidMs) return 'said';
  if (agent.connectedAgents > (counts[0] ?? agent.connectedAgents)) return 'both';
  const connectedMs = parseTimeMs(agent.lastConnectedTime);
  return connectedMs !== null && connectedMs > sinceMs ? 'observed' : 'waiting';
}

/** Whether a number of agents follows a higher one that followed a lower one, or follows zero. */
function isTakeover(earlier: readonly number[], count: number): boolean {
  if (earlier.includes(0)) return true;
  return earlier.some((peak, index) => peak > count && earlier.slice(0, index).some((low) => low < peak));
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
 * Returns when the last certificate of a bundle becomes valid, in milliseconds since the epoch; null if none is left
 * to. An agent that restarts earlier may present a certificate that the gateway rejects.
 */
export function restartNotBefore(certificates: readonly CertificateDetail[], nowMs: number): number | null {
  const begins = certificates.map(({ notBefore }) => Date.parse(notBefore)).filter((atMs) => atMs > nowMs);
  return begins.length === 0 ? null : Math.max(...begins);
}

/**
 * Proposes the certificate of a bundle to keep after the agent's handover, by fingerprint: the one with the latest
 * start that is valid now. A renewed certificate starts later than the one it replaces. If two start at the same time,
 * it's the later one in the bundle, because new certificates are appended. Null if none is valid. The person decides.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 * @param options.prefersCa proposes a CA if there is one: a move ends with it, whichever was issued last
 */
export function certificateToKeep(
  certificates: readonly CertificateDetail[],
  nowMs: number,
  { prefersCa = false }: { readonly prefersCa?: boolean } = {},
): string | null {
  const valid = certificates.filter(
    ({ notBefore, notAfter }) => Date.parse(notBefore) <= nowMs && nowMs <= Date.parse(notAfter),
  );
  const cas = prefersCa ? valid.filter(({ isCa }) => isCa) : [];
  let newest: CertificateDetail | null = null;
  for (const certificate of cas.length > 0 ? cas : valid) {
    if (newest === null || Date.parse(certificate.notBefore) >= Date.parse(newest.notBefore))
      newest = certificate;
  }
  return newest?.fingerprint ?? null;
}

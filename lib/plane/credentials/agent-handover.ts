import type { AgentConnection } from '@/lib/plane/model/plane';

/** What a status said of a plane's agents at one time. */
export interface AgentObservation {
  /** When this page heard of it, milliseconds since the epoch on the API server's clock. */
  readonly atMs: number;
  readonly agents: number;
  readonly lastConnectedTime: string | undefined;
}

/** What was seen of a plane's agents since somebody began to watch. */
export interface AgentHandover {
  readonly sights: readonly AgentObservation[];
  /** The fewest that any status named; null: none has said anything. */
  readonly fewest: number | null;
  /**
   * `came`: there was one more for a while, or it was lost and is back, as when a restarted agent takes over from the
   * one before it. `lost`: none is connected now. `none`: nothing has changed.
   */
  readonly change: 'none' | 'lost' | 'came';
}

export const NO_OBSERVATIONS: AgentHandover = { sights: [], fewest: null, change: 'none' };

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
  const last = watch.sights.at(-1);
  if (last && last.agents === agents && last.lastConnectedTime === lastConnectedTime) return watch;
  const sight = { atMs: nowMs, agents, lastConnectedTime };
  const cameBack =
    last !== undefined &&
    (agents > last.agents || (agents > 0 && lastConnectedTime !== last.lastConnectedTime));
  return {
    sights: [...watch.sights, sight].slice(-KEPT),
    fewest: Math.min(watch.fewest ?? agents, agents),
    change: agents === 0 && last !== undefined ? 'lost' : cameBack ? 'came' : watch.change,
  };
}

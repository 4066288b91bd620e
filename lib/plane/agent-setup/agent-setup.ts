import type { KindFeatures } from '@/lib/plane/model/kind-features';

/** How a plane of an installed kind comes to its agent. */
export type AgentSetup =
  /** By the commands that `setupCommands` makes. */
  | 'commands'
  /** There are agents, but before planeID (0.9) the charts took other values: only the documentation knows them. */
  | 'documentation'
  /** The control plane calls the cluster itself: there is no agent to install. */
  | 'direct'
  /** The kind's schema could not be read, so neither can be said. */
  | 'unknown';

/**
 * What an administrator has to do for an agent.
 *
 * @param connection of the plane or the draft; null where neither exists yet: then an agent is assumed wherever the
 * schema has one
 */
export function agentSetup(features: KindFeatures, connection: 'agent' | 'direct' | null): AgentSetup {
  if (!features.known) return 'unknown';
  if (features.clusterAgent) return features.planeID ? 'commands' : 'documentation';
  if (connection === 'direct' || !features.optionalAgent) return 'direct';
  return 'documentation';
}

import { hasKnownCharts, type KindFeatures } from '@/lib/plane/model/kind-features';
import type { Role } from '@/lib/plane/model/kinds';

/** How a plane of an installed kind gets its agent. */
export type AgentSetup =
  /** By the commands from `setupCommands`. */
  | 'commands'
  /** There are agents, but before planeID (0.9) the charts took other values. Only the documentation knows them. */
  | 'documentation'
  /** The control plane calls the cluster itself, so there is no agent to install. */
  | 'direct'
  /** The kind's schema couldn't be read. */
  | 'unknown';

/**
 * Returns how an administrator sets up the agent.
 *
 * @param connection the connection of the plane or the draft; null while neither exists, which assumes an agent
 *   wherever the schema has one
 */
export function agentSetup(features: KindFeatures, connection: 'agent' | 'direct' | null): AgentSetup {
  if (!features.known) return 'unknown';
  if (hasKnownCharts(features)) return 'commands';
  if (features.clusterAgent || (connection !== 'direct' && features.optionalAgent)) return 'documentation';
  return 'direct';
}

/** The Helm chart that installs a plane's agent. */
export interface AgentChart {
  /** The name of the release, the chart and the namespace. */
  readonly name: string;
  /** The agent's Deployment. */
  readonly deployment: string;
  /**
   * The cert-manager Certificate of the agent. Null if its name isn't verified; the setup then waits for the Secret
   * that it fills.
   */
  readonly certificate: string | null;
}

/** The Secret that the chart's certificate fills, and the key whose value must be registered. */
export const AGENT_SECRET = { name: 'cluster-agent-tls', key: 'ca.crt' } as const;

/** The name of both the control plane's Secret and the plane's ConfigMap, where the charts look for it. */
export const GATEWAY_CA = { name: 'cluster-gateway-ca', key: 'ca.crt' } as const;

export const AGENT_DOCUMENTATION =
  'https://openchoreo.dev/docs/platform-engineer-guide/multi-cluster-connectivity/';
/** Older releases have documentation of their own, which this page links to. */
export const DOCUMENTATION = 'https://openchoreo.dev/docs/';
/** A chart has the version of its release. */
export const RELEASES_PAGE = 'https://github.com/openchoreo/openchoreo/releases';

/** The CA that Planeboard's commands create in a plane's cluster: its Certificate, its Secret, and their Issuer. */
export const AGENT_CA = { name: 'cluster-agent-ca', issuer: 'cluster-agent-ca-issuer' } as const;

/** Returns the chart of a role. The name of a build plane's certificate differs between releases. */
export function agentChart(role: Role): AgentChart {
  return {
    name: `openchoreo-${role}-plane`,
    deployment: `cluster-agent-${role}plane`,
    certificate: role === 'build' ? null : `cluster-agent-${role}plane-tls`,
  };
}

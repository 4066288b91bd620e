import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { Role } from '@/lib/plane/model/kinds';

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

/** What the Helm chart that brings a plane's agent is called, and what it makes. */
export interface AgentChart {
  /** Release, chart and namespace have one name. */
  readonly name: string;
  /** Where the chart is published. */
  readonly url: string;
  /**
   * The cert-manager Certificate of the agent; null where its name is not verified, so the Secret that it fills is
   * waited for instead.
   */
  readonly certificate: string | null;
}

/** The Secret that the chart's certificate fills, and its key with what has to be registered. */
export const AGENT_SECRET = { name: 'cluster-agent-tls', key: 'ca.crt' } as const;

/** Both the control plane's Secret and the plane's ConfigMap, where the charts look for it. */
export const GATEWAY_CA = { name: 'cluster-gateway-ca', key: 'ca.crt' } as const;

export const AGENT_DOCUMENTATION =
  'https://openchoreo.dev/docs/platform-engineer-guide/multi-cluster-connectivity/';
/** Older releases have documentation of their own; it is chosen there. */
export const DOCUMENTATION = 'https://openchoreo.dev/docs/';
/** A chart has the version of its release. */
export const RELEASES_PAGE = 'https://github.com/openchoreo/openchoreo/releases';

/** The chart of a role. A build plane's certificate is named differently in different releases. */
export function agentChart(role: Role): AgentChart {
  const name = `openchoreo-${role}-plane`;
  return {
    name,
    url: `oci://ghcr.io/openchoreo/helm-charts/${name}`,
    certificate: role === 'build' ? null : `cluster-agent-${role}plane-tls`,
  };
}

/** What has to run in the plane's cluster before its chart is installed. */
export function prerequisites(role: Role): readonly string[] {
  const always = ['cert-manager', 'External Secrets Operator'];
  return role === 'data' || role === 'observability' ? [...always, 'Gateway API CRDs', 'kgateway'] : always;
}

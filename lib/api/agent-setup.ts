import { z } from '@/lib/zod';

/** An address that agents connect to. */
const gatewayAddressSchema = z.object({
  url: z.string(),
  /** Where it was found, in plain words. */
  source: z.string(),
  /** Whether it is reachable only from inside the control plane's own cluster. */
  inCluster: z.boolean(),
  /**
   * What ends TLS before the gateway, such as `Ingress agents`: the agent must trust that instead of the gateway; null
   * when the gateway ends it itself.
   */
  tlsEndsAt: z.string().nullable(),
});
export type GatewayAddress = z.infer<typeof gatewayAddressSchema>;

/** `GET /api/registrations/gateway`: what the control plane reveals about its gateway, and about the agents' charts. */
export const clusterGatewaySchema = z.object({
  /** The namespace of OpenChoreo's control plane, as configured. */
  namespace: z.string(),
  /** Candidates for `clusterAgent.serverUrl`, most likely first. */
  urls: z.array(gatewayAddressSchema),
  /** The public certificate with which agents verify the gateway; null when it could not be read. */
  ca: z.object({ pem: z.string(), source: z.string() }).nullable(),
  /**
   * How the gateway receives an agent's certificate: in its own TLS handshake, or in a header that a proxy sets; null
   * when its Deployment could not be read.
   */
  agentAuth: z.enum(['mtls', 'forwarded-header']).nullable(),
  /** The chart's version to propose, and where it comes from; null when the control plane's could not be read. */
  chartVersion: z.object({ version: z.string(), source: z.string() }).nullable(),
  /** Where the charts are published, as configured; null: the default of the chart's release. */
  chartRepository: z.string().nullable(),
});
export type ClusterGateway = z.infer<typeof clusterGatewaySchema>;

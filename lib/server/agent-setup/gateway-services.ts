import 'server-only';
import type { GatewayAddress } from '@/lib/api/agent-setup';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { listIfAllowed, readIfAllowed } from './read-if-allowed';

/**
 * The gateway's Services in OpenChoreo's charts. From 1.2 agents of other clusters connect to the first, and the second
 * is only for the control plane's own cluster.
 */
export const GATEWAY_SERVICES = ['cluster-gateway-external', 'cluster-gateway'] as const;
/** The port to which agents connect, and the path that they request. */
const AGENT_PORT = 8443;
const AGENT_PATH = '/ws';

const serviceSchema = z.object({
  spec: z.object({
    type: z.string().optional(),
    ports: z
      .array(z.object({ name: z.string().optional(), port: z.number(), nodePort: z.number().optional() }))
      .optional(),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z
            .array(z.object({ hostname: z.string().optional(), ip: z.string().optional() }))
            .nullish(),
        })
        .optional(),
    })
    .optional(),
});
type Service = z.infer<typeof serviceSchema>;

const NODES = { apiVersion: 'v1', kind: 'Node' };

const nodeSchema = z.object({
  metadata: z.object({ name: z.string() }),
  status: z.object({
    addresses: z.array(z.object({ type: z.string(), address: z.string() })).optional(),
  }),
});

/**
 * Returns the addresses of the gateway's Services: load balancers first, then node ports, then names inside the
 * control plane's cluster.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function serviceAddresses(caller: Caller, namespace: string): Promise<GatewayAddress[]> {
  const found = await Promise.all(
    GATEWAY_SERVICES.map(async (name) => {
      const path = `/api/v1/namespaces/${namespace}/services/${name}`;
      const wanted = { apiVersion: 'v1', kind: 'Service', namespace, name };
      const body = await readIfAllowed(caller, path, wanted);
      const service = serviceSchema.safeParse(body).data;
      if (!service) return null;
      return {
        outside: loadBalancerAddresses(name, service),
        nodes: await nodeAddresses(caller, name, service),
        inside: insideAddress(name, namespace, service),
      };
    }),
  );
  const services = found.filter((service) => service !== null);
  return [
    ...services.flatMap(({ outside }) => outside),
    ...services.flatMap(({ nodes }) => nodes),
    // Both Services lead to the same pods, so one name is enough.
    ...services.flatMap(({ inside }) => inside).slice(-1),
  ];
}

function loadBalancerAddresses(name: string, service: Service): GatewayAddress[] {
  return (service.status?.loadBalancer?.ingress ?? []).flatMap(({ hostname, ip }) => {
    const host = hostname ?? ip;
    if (host === undefined) return [];
    return [address(host, agentPort(service)?.port, `the load balancer of the Service ${name}`, false)];
  });
}

/** A Service without a load balancer may still be reachable on every node, as on a local cluster. */
async function nodeAddresses(caller: Caller, name: string, service: Service): Promise<GatewayAddress[]> {
  const port = agentPort(service)?.nodePort;
  if (service.spec.type !== 'NodePort' || port === undefined) return [];
  const [node] = await listIfAllowed(caller, '/api/v1/nodes', NODES, nodeSchema);
  const addressOf = (type: string) => node?.status.addresses?.find((one) => one.type === type)?.address;
  const host = addressOf('ExternalIP') ?? addressOf('InternalIP');
  if (!node || host === undefined) return [];
  const source = `the node port of the Service ${name} on the node ${node.metadata.name}`;
  return [address(host, port, source, false)];
}

function insideAddress(name: string, namespace: string, service: Service): GatewayAddress {
  const host = `${name}.${namespace}.svc.cluster.local`;
  return address(host, agentPort(service)?.port, `the Service ${name} in ${namespace}`, true);
}

function agentPort({ spec: { ports = [] } }: Service) {
  return ports.find(({ port }) => port === AGENT_PORT) ?? ports[0];
}

function address(host: string, port: number | undefined, source: string, inCluster: boolean): GatewayAddress {
  return { url: agentUrl(host, port ?? AGENT_PORT), source, inCluster, tlsEndsAt: null };
}

/** Returns the address that an agent connects to. The default port is left out. */
export function agentUrl(host: string, port: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `wss://${name}${port === 443 ? '' : `:${port}`}${AGENT_PATH}`;
}

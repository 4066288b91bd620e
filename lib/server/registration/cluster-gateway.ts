import 'server-only';
import type { RegistrationGateway } from '@/lib/api/registration';
import { bundleOf, certificatesIn } from '@/lib/server/certificates/pem-certificates';
import { getConfig } from '@/lib/server/config/config';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
/**
 * The names of the gateway's Service, and of the Secret (in earlier releases the ConfigMap) with its CA, in
 * OpenChoreo's charts.
 */
const SERVICE = 'cluster-gateway';
const CA_OBJECT = 'cluster-gateway-ca';
const CA_KEY = 'ca.crt';
/** The port to which agents connect, and the path that they request. */
const AGENT_PORT = 8443;
const AGENT_PATH = '/ws';

const configMapSchema = z.object({ data: z.record(z.string(), z.string()).optional() });
const serviceSchema = z.object({
  spec: z.object({ ports: z.array(z.object({ name: z.string().optional(), port: z.number() })).optional() }),
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

type GatewayCa = RegistrationGateway['ca'];
type GatewayUrl = RegistrationGateway['urls'][number];

/**
 * Returns what the control plane reveals about its cluster gateway, as far as the caller may read it. Omits what is
 * forbidden or missing; people enter it instead.
 *
 * @throws KubeError only when the API server doesn't answer
 */
export async function registrationGateway(caller: Caller): Promise<RegistrationGateway> {
  const namespace = getConfig().controlPlaneNamespace;
  const [urls, ca] = await Promise.all([gatewayUrls(caller, namespace), gatewayCa(caller, namespace)]);
  return { namespace, urls, ca };
}

async function gatewayUrls(caller: Caller, namespace: string): Promise<GatewayUrl[]> {
  const body = await readIfAllowed(caller, `/api/v1/namespaces/${namespace}/services/${SERVICE}`);
  const service = serviceSchema.safeParse(body).data;
  if (!service) return [];
  const ports = service.spec.ports?.map(({ port }) => port) ?? [];
  const port = ports.includes(AGENT_PORT) ? AGENT_PORT : (ports[0] ?? AGENT_PORT);
  const outside = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ hostname, ip }) => {
    const host = hostname ?? ip;
    return host === undefined ? [] : [host.includes(':') ? `[${host}]` : host];
  });
  return [
    ...outside.map((host) => ({
      url: agentUrl(host, port),
      source: `the load balancer of the Service ${SERVICE}`,
      inCluster: false,
    })),
    {
      url: agentUrl(`${SERVICE}.${namespace}.svc.cluster.local`, port),
      source: `the Service ${SERVICE} in ${namespace}`,
      inCluster: true,
    },
  ];
}

function agentUrl(host: string, port: number): string {
  return `wss://${host}:${port}${AGENT_PATH}`;
}

async function gatewayCa(caller: Caller, namespace: string): Promise<GatewayCa> {
  const reading = await secretReader(caller.client)({ namespace, name: CA_OBJECT, key: CA_KEY });
  if (reading.state === 'read') {
    const pem = certificatesOnly(reading.text);
    if (pem !== null) return { pem, source: `the Secret ${CA_OBJECT} in ${namespace}` };
  }
  const body = await readIfAllowed(caller, `/api/v1/namespaces/${namespace}/configmaps/${CA_OBJECT}`);
  const text = configMapSchema.safeParse(body).data?.data?.[CA_KEY];
  const pem = text === undefined ? null : certificatesOnly(text);
  return pem === null ? null : { pem, source: `the ConfigMap ${CA_OBJECT} in ${namespace}` };
}

/** Returns the certificates of a text and nothing else of it, such as their key; null when there are none. */
function certificatesOnly(text: string): string | null {
  return bundleOf(certificatesIn(text)) || null;
}

async function readIfAllowed(caller: Caller, path: string): Promise<unknown> {
  try {
    return (await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS })).body;
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'forbidden' || failure.code === 'not-found') return null;
    throw failure;
  }
}

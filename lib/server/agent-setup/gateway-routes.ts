import 'server-only';
import type { GatewayAddress } from '@/lib/api/agent-setup';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { agentUrl, GATEWAY_SERVICES } from './gateway-services';
import { listIfAllowed, readIfAllowed } from './read-if-allowed';

const GATEWAY_API = 'gateway.networking.k8s.io';
const INGRESS_VERSION = 'networking.k8s.io/v1';
/** The versions that have served TLSRoutes, newest first. */
const TLS_ROUTE_VERSIONS = ['v1', 'v1alpha3', 'v1alpha2'];
const TLS_PORT = 443;
/** Makes ingress-nginx and the controllers that follow it pass TLS on to the Service. */
const PASS_THROUGH = /(^|[./])ssl-passthrough$/;

const metadata = z.object({
  name: z.string(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const tlsRouteSchema = z.object({
  metadata,
  spec: z.object({
    hostnames: z.array(z.string()).nullish(),
    parentRefs: z
      .array(
        z.object({
          name: z.string(),
          namespace: z.string().optional(),
          sectionName: z.string().optional(),
          port: z.number().optional(),
        }),
      )
      .nullish(),
    rules: z.array(z.object({ backendRefs: z.array(z.object({ name: z.string() })).nullish() })).nullish(),
  }),
});
type TlsRoute = z.infer<typeof tlsRouteSchema>;

const listenersSchema = z.object({
  spec: z.object({
    listeners: z.array(
      z.object({
        name: z.string(),
        port: z.number(),
        protocol: z.string(),
        tls: z.object({ mode: z.string().optional() }).nullish(),
      }),
    ),
  }),
});

const ingressSchema = z.object({
  metadata,
  spec: z.object({
    rules: z
      .array(
        z.object({
          host: z.string().optional(),
          http: z
            .object({
              paths: z.array(
                z.object({
                  backend: z.object({ service: z.object({ name: z.string() }).nullish() }),
                }),
              ),
            })
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

/**
 * Returns the addresses of TLSRoutes and Ingresses in the control plane's namespace that lead to the gateway.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function routeAddresses(caller: Caller, namespace: string): Promise<GatewayAddress[]> {
  const [routes, ingresses] = await Promise.all([
    tlsRoutes(caller, namespace),
    listIfAllowed(
      caller,
      `/apis/${INGRESS_VERSION}/namespaces/${namespace}/ingresses`,
      { apiVersion: INGRESS_VERSION, kind: 'Ingress', namespace },
      ingressSchema,
    ),
  ]);
  const ofRoutes = await Promise.all(routes.map((route) => tlsRouteAddresses(caller, namespace, route)));
  return [...ofRoutes.flat(), ...ingresses.flatMap(ingressAddresses)];
}

async function tlsRoutes(caller: Caller, namespace: string): Promise<TlsRoute[]> {
  for (const version of TLS_ROUTE_VERSIONS) {
    const apiVersion = `${GATEWAY_API}/${version}`;
    const path = `/apis/${apiVersion}/namespaces/${namespace}/tlsroutes`;
    const listed = { apiVersion, kind: 'TLSRoute', namespace };
    const routes = await listIfAllowed(caller, path, listed, tlsRouteSchema);
    if (routes.length > 0)
      return routes.filter(({ spec }) =>
        (spec.rules ?? []).some(({ backendRefs }) => (backendRefs ?? []).some(isGateway)),
      );
  }
  return [];
}

async function tlsRouteAddresses(
  caller: Caller,
  namespace: string,
  { metadata: { name }, spec: { hostnames, parentRefs } }: TlsRoute,
): Promise<GatewayAddress[]> {
  const [parent] = parentRefs ?? [];
  const port = parent && (parent.port ?? (await listenerPort(caller, namespace, parent)));
  // A route without a readable Gateway still names the host; TLS usually has its own port.
  return hostsOf(hostnames ?? []).map((host) => ({
    url: agentUrl(host, port ?? TLS_PORT),
    source: port === undefined ? `the TLSRoute ${name}, whose port couldn't be read` : `the TLSRoute ${name}`,
    inCluster: false,
    tlsEndsAt: null,
  }));
}

async function listenerPort(
  caller: Caller,
  namespace: string,
  parent: NonNullable<TlsRoute['spec']['parentRefs']>[number],
): Promise<number | undefined> {
  const { name, namespace: of = namespace, sectionName } = parent;
  if (!isKubernetesName(name) || !isKubernetesName(of)) return undefined;
  const wanted = { apiVersion: `${GATEWAY_API}/v1`, kind: 'Gateway', namespace: of, name };
  const path = `/apis/${wanted.apiVersion}/namespaces/${of}/gateways/${name}`;
  const body = await readIfAllowed(caller, path, wanted);
  const listeners = listenersSchema.safeParse(body).data?.spec.listeners ?? [];
  const found =
    sectionName === undefined
      ? listeners.find(({ protocol, tls }) => protocol === 'TLS' && tls?.mode === 'Passthrough')
      : listeners.find((listener) => listener.name === sectionName);
  return found?.port;
}

function ingressAddresses({
  metadata: { name, annotations = {} },
  spec: { rules },
}: z.infer<typeof ingressSchema>): GatewayAddress[] {
  const passesThrough = Object.entries(annotations).some(
    ([key, value]) => PASS_THROUGH.test(key) && value === 'true',
  );
  const hosts = (rules ?? [])
    .filter(({ http }) => http?.paths.some(({ backend }) => backend.service && isGateway(backend.service)))
    .map(({ host }) => host ?? '');
  return hostsOf(hosts).map((host) => ({
    url: agentUrl(host, TLS_PORT),
    source: `the Ingress ${name}`,
    inCluster: false,
    tlsEndsAt: passesThrough ? null : `the Ingress ${name}`,
  }));
}

function isGateway({ name }: { readonly name: string }): boolean {
  return GATEWAY_SERVICES.some((service) => service === name);
}

/** An agent needs a full host name, so a wildcard is no address. */
function hostsOf(hosts: readonly string[]): string[] {
  return [...new Set(hosts)].filter((host) => host !== '' && !host.includes('*'));
}

import 'server-only';
import type { ClusterGateway } from '@/lib/api/agent-setup';
import { bundleOf, certificatesIn } from '@/lib/server/certificates/pem-certificates';
import { getConfig } from '@/lib/server/config/config';
import { secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { gatewayDeployment } from './gateway-deployment';
import { routeAddresses } from './gateway-routes';
import { serviceAddresses } from './gateway-services';
import { readIfAllowed } from './read-if-allowed';

/** The name of the Secret (in earlier releases the ConfigMap) with the gateway's CA in OpenChoreo's charts. */
const CA_OBJECT = 'cluster-gateway-ca';
const CA_KEY = 'ca.crt';

const configMapSchema = z.object({ data: z.record(z.string(), z.string()).optional() });

/**
 * Returns what the control plane reveals about its cluster gateway, as far as the caller may read it. Omits what is
 * forbidden or missing; people enter it instead.
 *
 * @throws KubeError only when the API server doesn't answer
 */
export async function clusterGateway(caller: Caller): Promise<ClusterGateway> {
  const { controlPlaneNamespace: namespace, chartRepository, chartVersion } = getConfig();
  const [routes, services, ca, deployment] = await Promise.all([
    routeAddresses(caller, namespace),
    serviceAddresses(caller, namespace),
    gatewayCa(caller, namespace),
    gatewayDeployment(caller, namespace),
  ]);
  return {
    namespace,
    // Someone set a route up for agents. A load balancer may be the chart's default.
    urls: [...routes, ...services],
    ca,
    ...deployment,
    ...(chartVersion === null
      ? {}
      : { chartVersion: { version: chartVersion, source: "Planeboard's configuration" } }),
    chartRepository,
  };
}

async function gatewayCa(caller: Caller, namespace: string): Promise<ClusterGateway['ca']> {
  const reading = await secretReader(caller)({ namespace, name: CA_OBJECT, key: CA_KEY });
  if (reading.state === 'read') {
    const pem = certificatesOnly(reading.text);
    if (pem !== null) return { pem, source: `the Secret ${CA_OBJECT} in ${namespace}` };
  }
  const path = `/api/v1/namespaces/${namespace}/configmaps/${CA_OBJECT}`;
  const wanted = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: CA_OBJECT };
  const body = await readIfAllowed(caller, path, wanted);
  const text = configMapSchema.safeParse(body).data?.data?.[CA_KEY];
  const pem = text === undefined ? null : certificatesOnly(text);
  return pem === null ? null : { pem, source: `the ConfigMap ${CA_OBJECT} in ${namespace}` };
}

/** Returns the certificates of a text and nothing else of it, such as their key; null when there are none. */
function certificatesOnly(text: string): string | null {
  return bundleOf(certificatesIn(text)) || null;
}

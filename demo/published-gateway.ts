import type { KubeClient } from '@/demo/control-plane/kube-client';

/** Where OpenChoreo's own components live, and where what agents need of the gateway is published. */
export const CONTROL_PLANE_NAMESPACE = 'openchoreo-control-plane';

const NAMESPACE_PATH = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}`;
const GATEWAY_HOST = '127.0.0.1';

/** The Secret from which an administrator takes the CA that agents need. */
export async function publishGatewayCa(client: KubeClient, caPem: string): Promise<void> {
  if (!(await client.find(NAMESPACE_PATH))) {
    await client.post('/api/v1/namespaces', { metadata: { name: CONTROL_PLANE_NAMESPACE } });
  }
  const name = 'cluster-gateway-ca';
  const data = { 'ca.crt': Buffer.from(caPem).toString('base64') };
  const existing = await client.find(`${NAMESPACE_PATH}/secrets/${name}`);
  if (existing) await client.patch(`${NAMESPACE_PATH}/secrets/${name}`, { data });
  else await client.post(`${NAMESPACE_PATH}/secrets`, { metadata: { name }, type: 'Opaque', data });
}

/**
 * The Service by which agents of other clusters find the gateway. Its load balancer is the simulated gateway itself, so
 * the address that follows from it can be dialled on this machine; only the port is not 8443.
 */
export async function publishGatewayAddress(client: KubeClient, port: number): Promise<void> {
  const name = 'cluster-gateway';
  const path = `${NAMESPACE_PATH}/services/${name}`;
  const spec = {
    type: 'LoadBalancer',
    allocateLoadBalancerNodePorts: false,
    selector: { app: name },
    ports: [{ name: 'wss', port, targetPort: 8443, protocol: 'TCP' }],
  };
  if (await client.find(path)) await client.patch(path, { spec: { ports: spec.ports } });
  else await client.post(`${NAMESPACE_PATH}/services`, { metadata: { name }, spec });
  // On a real installation the cloud's controller writes this.
  await client.patch(`${path}/status`, { status: { loadBalancer: { ingress: [{ ip: GATEWAY_HOST }] } } });
}

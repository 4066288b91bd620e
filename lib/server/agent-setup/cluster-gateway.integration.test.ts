import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { applyCrd } from '@/demo/crds/install-profile';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { getConfig } from '@/lib/server/config/config';
import type { Caller } from '@/lib/server/rights/caller';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { looseCrd } from '@/testing/control-plane/loose-crd';
import { callerOf } from '@/testing/server/test-caller';
import { clusterGateway } from './cluster-gateway';

const NAMESPACE = 'openchoreo-control-plane';
const CORE = `/api/v1/namespaces/${NAMESPACE}`;
const INGRESSES = `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/ingresses`;
const GATEWAY_API = `/apis/gateway.networking.k8s.io`;
const TLS_ROUTES = `${GATEWAY_API}/v1alpha2/namespaces/${NAMESPACE}/tlsroutes`;
const GATEWAYS = `${GATEWAY_API}/v1/namespaces/${NAMESPACE}/gateways`;
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;

let bare: BareControlPlane<ControlPlane>;
let authority: CertificateAuthority;
let admin: Caller;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  // It gets the Gateway API's kinds.
  bare = await ownControlPlane();
  await applyCrd(bare.controlPlane.client, looseCrd('gateway.networking.k8s.io', 'TLSRoute', 'v1alpha2'));
  await applyCrd(bare.controlPlane.client, looseCrd('gateway.networking.k8s.io', 'Gateway', 'v1'));
  await bare.controlPlane.client.post('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  authority = await CertificateAuthority.create('cluster-gateway-ca', { days: 400 });
  admin = userOf('admin', bare.controlPlane.kubeconfigPath);
  // The API server serves a new kind only after some seconds.
  for (const path of [TLS_ROUTES, GATEWAYS])
    await vi.waitFor(() => bare.controlPlane.client.get(path), { timeout: 60_000, interval: 100 });
});
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  await bare?.stop();
});

function userOf(name: string, kubeconfigPath: string): Caller {
  const { caller, close } = callerOf(name, kubeconfigPath);
  closers.push(close);
  return caller;
}

const created: string[] = [];
async function create(collection: string, body: { metadata: { name: string } }): Promise<string> {
  const path = `${collection}/${body.metadata.name}`;
  await bare.controlPlane.client.post(collection, body);
  created.push(path);
  return path;
}
beforeEach(async () => {
  for (const path of created.splice(0)) await bare.controlPlane.client.delete(path);
});

async function createService(name: string, ingress: object[], spec: object = { type: 'LoadBalancer' }) {
  const ports = [{ name: 'agents', port: 8443 }];
  const path = await create(`${CORE}/services`, { metadata: { name }, spec: { ports, ...spec } } as never);
  await bare.controlPlane.client.patch(`${path}/status`, { status: { loadBalancer: { ingress } } });
}

const addresses = async (caller = admin) =>
  (await clusterGateway(caller)).urls.map(({ url, source }) => `${url} (${source})`);

describe('the gateway', () => {
  const NOTHING = { namespace: NAMESPACE, urls: [], ca: null, agentAuth: null };

  test('is unknown if it is missing, or if the caller may read nothing', async () => {
    expect(await clusterGateway(admin)).toMatchObject({
      ...NOTHING,
      chartVersion: null,
      chartRepository: null,
    });
    await createService('cluster-gateway', [{ ip: '192.0.2.7' }]);
    const { kubeconfigPath } = await bare.controlPlane.addUser({ name: 'nobody' });
    expect(await clusterGateway(userOf('nobody', kubeconfigPath))).toMatchObject(NOTHING);
  });

  test('has the address of its Service before release 1.2', async () => {
    await createService('cluster-gateway', [{ hostname: 'gateway.example.com' }, { ip: '2001:db8::7' }]);
    expect(await addresses()).toEqual([
      'wss://gateway.example.com:8443/ws (the load balancer of the Service cluster-gateway)',
      'wss://[2001:db8::7]:8443/ws (the load balancer of the Service cluster-gateway)',
      `wss://cluster-gateway.${NAMESPACE}.svc.cluster.local:8443/ws (the Service cluster-gateway in ${NAMESPACE})`,
    ]);
  });

  test('has the address of its external Service since release 1.2', async () => {
    await createService('cluster-gateway-external', [{ ip: '192.0.2.7' }]);
    await createService('cluster-gateway', [], { type: 'ClusterIP' });
    expect(await addresses()).toEqual([
      'wss://192.0.2.7:8443/ws (the load balancer of the Service cluster-gateway-external)',
      `wss://cluster-gateway.${NAMESPACE}.svc.cluster.local:8443/ws (the Service cluster-gateway in ${NAMESPACE})`,
    ]);
  });

  test("has a node's address if its Service has a node port", async () => {
    const node = await create('/api/v1/nodes', { metadata: { name: 'worker-1' } });
    await bare.controlPlane.client.patch(`${node}/status`, {
      status: { addresses: [{ type: 'InternalIP', address: '192.0.2.21' }] },
    });
    await createService('cluster-gateway-external', [], {
      type: 'NodePort',
      ports: [{ name: 'agents', port: 8443, nodePort: 30843 }],
    });
    expect((await addresses())[0]).toBe(
      'wss://192.0.2.21:30843/ws (the node port of the Service cluster-gateway-external on the node worker-1)',
    );
  });

  test('has the hosts of TLSRoutes that lead to it, on the port of their listener', async () => {
    await create(GATEWAYS, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge' },
      spec: {
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP' },
          { name: 'tls', port: 9443, protocol: 'TLS', tls: { mode: 'Passthrough' } },
        ],
      },
    } as never);
    const route = (name: string, backend: string, hostnames: string[], parent: object) => ({
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
      kind: 'TLSRoute',
      metadata: { name },
      spec: { hostnames, parentRefs: [parent], rules: [{ backendRefs: [{ name: backend }] }] },
    });
    await create(
      TLS_ROUTES,
      route('agents', 'cluster-gateway-external', ['agents.example.com', '*.example.com'], { name: 'edge' }),
    );
    await create(
      TLS_ROUTES,
      route('elsewhere', 'cluster-gateway', ['second.example.com'], {
        name: 'none-such',
        sectionName: 'tls',
      }),
    );
    await create(TLS_ROUTES, route('shop', 'shop', ['shop.example.com'], { name: 'edge' }));
    expect(await addresses()).toEqual([
      'wss://agents.example.com:9443/ws (the TLSRoute agents)',
      "wss://second.example.com/ws (the TLSRoute elsewhere, whose port couldn't be read)",
    ]);
  });

  test('has the hosts of Ingresses that lead to it, and says which of them end TLS', async () => {
    const ingress = (
      name: string,
      host: string,
      service: string,
      annotations: Record<string, string> = {},
    ) => ({
      metadata: { name, annotations },
      spec: {
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: service, port: { number: 8443 } } },
                },
              ],
            },
          },
        ],
      },
    });
    await create(INGRESSES, ingress('ends', 'ends.example.com', 'cluster-gateway'));
    await create(
      INGRESSES,
      ingress('passes', 'passes.example.com', 'cluster-gateway-external', {
        'nginx.ingress.kubernetes.io/ssl-passthrough': 'true',
      }),
    );
    await create(INGRESSES, ingress('portal', 'portal.example.com', 'backstage'));
    expect((await clusterGateway(admin)).urls).toEqual([
      expect.objectContaining({ url: 'wss://ends.example.com/ws', tlsEndsAt: 'the Ingress ends' }),
      expect.objectContaining({ url: 'wss://passes.example.com/ws', tlsEndsAt: null }),
    ]);
  });

  test('publishes its CA without a key, in a ConfigMap or a Secret', async () => {
    const metadata = { name: 'cluster-gateway-ca' };
    await create(`${CORE}/configmaps`, { metadata, data: { 'ca.crt': authority.certPem } } as never);
    expect((await clusterGateway(admin)).ca?.source).toBe(`the ConfigMap cluster-gateway-ca in ${NAMESPACE}`);
    const stringData = { 'ca.crt': `${authority.pem.keyPem}\n${authority.certPem}` };
    await create(`${CORE}/secrets`, { metadata, stringData } as never);
    const { ca } = await clusterGateway(admin);
    expect(ca?.source).toBe(`the Secret cluster-gateway-ca in ${NAMESPACE}`);
    expect(ca?.pem.trim()).toBe(authority.certPem.trim());
  });
});

describe("the gateway's Deployment", () => {
  const deployment = (labels: Record<string, string>, container: object) => ({
    metadata: { name: 'cluster-gateway', labels },
    spec: {
      selector: { matchLabels: { app: 'cluster-gateway' } },
      template: {
        metadata: { labels: { app: 'cluster-gateway' } },
        spec: {
          containers: [
            { name: 'gateway', image: 'registry.example.com:5000/cluster-gateway:v1.2.3', ...container },
          ],
        },
      },
    },
  });

  test.each([
    ['the default', {}, 'mtls'],
    ['an argument', { args: ['--port=8443', '--agent-auth-mode=forwarded-header'] }, 'forwarded-header'],
    ['a variable', { env: [{ name: 'AGENT_AUTH_MODE', value: 'forwarded-header' }] }, 'forwarded-header'],
  ])('says how agents authenticate: %s', async (_, container, mode) => {
    await create(DEPLOYMENTS, deployment({}, container));
    expect((await clusterGateway(admin)).agentAuth).toBe(mode);
  });

  test.each([
    [
      'its chart',
      { 'helm.sh/chart': 'openchoreo-control-plane-1.2.3-rc.1', 'app.kubernetes.io/version': 'v9.9.9' },
      {},
      '1.2.3-rc.1',
    ],
    ['its label', { 'helm.sh/chart': 'other-1.0.0', 'app.kubernetes.io/version': 'v1.1.0' }, {}, '1.1.0'],
    ['its image', {}, {}, '1.2.3'],
  ])("proposes the control plane's version, from %s", async (_, labels, container, version) => {
    await create(DEPLOYMENTS, deployment(labels as Record<string, string>, container));
    expect((await clusterGateway(admin)).chartVersion?.version).toBe(version);
  });

  test('proposes no version if the image has only a digest or another tag', async () => {
    await create(DEPLOYMENTS, deployment({}, { image: 'registry.example.com:5000/gateway@sha256:abcd' }));
    expect((await clusterGateway(admin)).chartVersion).toBeNull();
  });
});

test("Planeboard's configuration decides about the chart's version and repository", async () => {
  const config = getConfig();
  const changed = { chartRepository: 'oci://registry.example.com/charts', chartVersion: '1.1.0' };
  const before = { chartRepository: config.chartRepository, chartVersion: config.chartVersion };
  Object.assign(config, changed);
  try {
    expect(await clusterGateway(admin)).toMatchObject({
      chartRepository: changed.chartRepository,
      chartVersion: { version: '1.1.0', source: "Planeboard's configuration" },
    });
  } finally {
    Object.assign(config, before);
  }
});

import type { Release } from '@/demo/crds/profiles';
import type { JsonObject } from '@/lib/plane/json/json';
import type { PlaneKindName } from '@/lib/plane/model/kinds';

/** An example from OpenChoreo's API references of the plane kinds, as the wizard must write it. */
export interface PublishedExample {
  /** The API reference that contains the example. */
  readonly reference: string;
  /** Its heading in that reference. */
  readonly title: string;
  /** The release whose profile has the fields of that reference. */
  readonly release: Release;
  readonly kind: PlaneKindName;
  readonly namespace?: string;
  readonly name: string;
  /** The spec, field by field. A text such as `<pem:ca>` or `<base64:ca>` is a placeholder for real material. */
  readonly spec: JsonObject;
  /** A Secret that the example creates beside the plane. */
  readonly newSecret?: { readonly namespace: string; readonly name: string; readonly key: string };
}

const agentCa = (name: string) => ({
  clientCA: { secretRef: { name, namespace: 'openchoreo-system', key: 'ca.crt' } },
});
const workflowAgentCa = (name: string) => ({
  clientCA: { secretKeyRef: { name, namespace: 'openchoreo-system', key: 'ca.crt' } },
});
const productionObservability = {
  observabilityPlaneRef: { kind: 'ClusterObservabilityPlane', name: 'production-observability' },
};
const exampleHosts = {
  publicVirtualHost: 'api.example.com',
  organizationVirtualHost: 'internal.example.com',
};
const observer = {
  observer: {
    url: 'https://observer.example.com',
    authentication: { basicAuth: { username: 'admin', password: 'secretpassword' } },
  },
};
const secretKey = (name: string, key: string) => ({ secretRef: { name, key } });

/**
 * Every example of the five published references. The named profile has all fields of an example, so none is omitted.
 * Fields that the API server adds from the schema's defaults aren't listed.
 */
export const PUBLISHED_EXAMPLES: readonly PublishedExample[] = [
  {
    reference: 'ClusterDataPlane API Reference',
    title: 'Basic ClusterDataPlane Configuration',
    release: '0.16',
    kind: 'ClusterDataPlane',
    name: 'shared-dataplane',
    spec: {
      planeID: 'shared-cluster',
      clusterAgent: agentCa('cluster-agent-ca'),
      gateway: exampleHosts,
      secretStoreRef: { name: 'vault-backend' },
    },
  },
  {
    reference: 'ClusterDataPlane API Reference',
    title: 'ClusterDataPlane with Observability',
    release: '0.16',
    kind: 'ClusterDataPlane',
    name: 'production-dataplane',
    spec: {
      planeID: 'prod-cluster',
      clusterAgent: agentCa('cluster-agent-ca'),
      gateway: {
        publicVirtualHost: 'api.prod.example.com',
        organizationVirtualHost: 'internal.prod.example.com',
      },
      secretStoreRef: { name: 'default' },
      ...productionObservability,
    },
  },
  {
    reference: 'DataPlane API Reference, direct credentials',
    title: 'Basic DataPlane',
    release: '0.3',
    kind: 'DataPlane',
    namespace: 'default',
    name: 'production-dataplane',
    spec: {
      kubernetesCluster: {
        name: 'production-cluster',
        credentials: {
          apiServerURL: 'https://k8s-api.example.com:6443',
          caCert: '<base64:ca>',
          clientCert: '<base64:client-certificate>',
          clientKey: '<base64:client-key>',
        },
      },
      registry: { prefix: 'docker.io/myorg', secretRef: 'registry-credentials' },
      gateway: exampleHosts,
      ...observer,
    },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'Option 1: Inline value',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'my-dataplane',
    spec: {
      agent: { enabled: true, clientCA: { value: '<pem:ca>' } },
      gateway: exampleHosts,
      secretStoreRef: { name: 'default' },
    },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'Option 2: Secret reference',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'my-dataplane',
    spec: {
      agent: {
        enabled: true,
        clientCA: { secretRef: { name: 'dataplane-agent-ca', namespace: 'my-org', key: 'ca.crt' } },
      },
      gateway: exampleHosts,
      secretStoreRef: { name: 'default' },
    },
    newSecret: { namespace: 'my-org', name: 'dataplane-agent-ca', key: 'ca.crt' },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'Agent-based DataPlane',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'agent-dataplane',
    spec: {
      agent: { enabled: true, clientCA: secretKey('cluster-agent-ca', 'ca.crt') },
      gateway: exampleHosts,
      secretStoreRef: { name: 'vault-backend' },
      imagePullSecretRefs: ['docker-registry-credentials'],
      ...observer,
    },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'Direct Kubernetes API Access DataPlane',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'production-dataplane',
    spec: {
      kubernetesCluster: {
        server: 'https://k8s-api.example.com:6443',
        tls: { ca: secretKey('k8s-ca-cert', 'ca.crt') },
        auth: {
          mtls: {
            clientCert: secretKey('k8s-client-cert', 'tls.crt'),
            clientKey: secretKey('k8s-client-cert', 'tls.key'),
          },
        },
      },
      gateway: exampleHosts,
      ...observer,
    },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'DataPlane with Bearer Token Authentication',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'dev-dataplane',
    spec: {
      kubernetesCluster: {
        server: 'https://k8s-dev.example.com:6443',
        tls: { ca: secretKey('k8s-ca-cert', 'ca.crt') },
        auth: { bearerToken: secretKey('k8s-token', 'token') },
      },
      gateway: {
        publicVirtualHost: 'dev-api.example.com',
        organizationVirtualHost: 'dev-internal.example.com',
      },
    },
  },
  {
    reference: 'DataPlane API Reference, agent or direct access',
    title: 'DataPlane with External Secrets Integration',
    release: '0.7',
    kind: 'DataPlane',
    namespace: 'my-org',
    name: 'secure-dataplane',
    spec: {
      agent: { enabled: true, ...agentCa('agent-ca-cert') },
      secretStoreRef: { name: 'vault-backend' },
      imagePullSecretRefs: ['docker-hub-credentials', 'gcr-credentials', 'private-registry-credentials'],
      gateway: {
        publicVirtualHost: 'secure-api.example.com',
        organizationVirtualHost: 'secure-internal.example.com',
      },
    },
  },
  {
    reference: 'ClusterBuildPlane API Reference',
    title: 'Basic ClusterBuildPlane Configuration',
    release: '0.16',
    kind: 'ClusterBuildPlane',
    name: 'shared-buildplane',
    spec: { planeID: 'shared-builder', clusterAgent: agentCa('buildplane-agent-ca') },
  },
  {
    reference: 'ClusterBuildPlane API Reference',
    title: 'ClusterBuildPlane with Secret Store',
    release: '0.16',
    kind: 'ClusterBuildPlane',
    name: 'secure-buildplane',
    spec: {
      planeID: 'secure-builder',
      clusterAgent: agentCa('agent-ca-cert'),
      secretStoreRef: { name: 'vault-backend' },
    },
  },
  {
    reference: 'ClusterBuildPlane API Reference',
    title: 'ClusterBuildPlane with Observability',
    release: '0.16',
    kind: 'ClusterBuildPlane',
    name: 'monitored-buildplane',
    spec: {
      planeID: 'prod-ci',
      clusterAgent: agentCa('buildplane-agent-ca'),
      secretStoreRef: { name: 'default' },
      ...productionObservability,
    },
  },
  {
    reference: 'ClusterWorkflowPlane API Reference',
    title: 'Basic ClusterWorkflowPlane Configuration',
    release: '1.0',
    kind: 'ClusterWorkflowPlane',
    name: 'shared-workflowplane',
    spec: { planeID: 'shared-workflow', clusterAgent: workflowAgentCa('workflowplane-agent-ca') },
  },
  {
    reference: 'ClusterWorkflowPlane API Reference',
    title: 'ClusterWorkflowPlane with Secret Store',
    release: '1.0',
    kind: 'ClusterWorkflowPlane',
    name: 'secure-workflowplane',
    spec: {
      planeID: 'secure-workflow',
      clusterAgent: workflowAgentCa('agent-ca-cert'),
      secretStoreRef: { name: 'vault-backend' },
    },
  },
  {
    reference: 'ClusterWorkflowPlane API Reference',
    title: 'ClusterWorkflowPlane with Observability',
    release: '1.0',
    kind: 'ClusterWorkflowPlane',
    name: 'monitored-workflowplane',
    spec: {
      planeID: 'prod-ci',
      clusterAgent: workflowAgentCa('workflowplane-agent-ca'),
      secretStoreRef: { name: 'default' },
      ...productionObservability,
    },
  },
];

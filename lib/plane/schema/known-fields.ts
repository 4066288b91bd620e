/** The texts beside an input. */
export interface FieldText {
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
}

const HTTP_PORT_HELP = "Port of the gateway in the plane's cluster.";

/** Texts by the field's path within the spec. Lists and maps count as one step. */
export const KNOWN_FIELDS: Readonly<Record<string, FieldText>> = {
  planeID: {
    label: 'Plane ID',
    help: 'Identifies the physical cluster. Install the agent with the same ID. Planes of one role that share an ID are the same cluster.',
    placeholder: 'prod-eu',
  },
  clusterAgent: { label: 'Cluster agent' },
  agent: { label: 'Cluster agent' },
  'clusterAgent.clientCA': {
    label: 'Agent CA',
    help: "The certificate ca.crt in the Secret cluster-agent-tls of the plane's cluster.",
  },
  'agent.clientCA': {
    label: 'Agent CA',
    help: "The certificate ca.crt in the Secret cluster-agent-tls of the plane's cluster.",
  },
  kubernetesCluster: {
    label: 'Direct cluster access',
    help: 'The control plane connects directly to the API server of this cluster.',
  },
  'kubernetesCluster.name': { label: 'Cluster name', placeholder: 'production-cluster' },
  'kubernetesCluster.credentials': { label: 'Sign-in' },
  'kubernetesCluster.credentials.apiServerURL': {
    label: 'API server URL',
    placeholder: 'https://k8s-api.example.com:6443',
  },
  'kubernetesCluster.credentials.caCert': { label: 'API server CA' },
  'kubernetesCluster.credentials.clientCert': { label: 'Client certificate' },
  'kubernetesCluster.credentials.clientKey': { label: 'Client private key' },
  'kubernetesCluster.server': {
    label: 'API server URL',
    placeholder: 'https://k8s-api.example.com:6443',
  },
  'kubernetesCluster.tls.ca': { label: 'API server CA' },
  'kubernetesCluster.auth.mtls': { label: 'Client certificate sign-in' },
  'kubernetesCluster.auth.mtls.clientCert': { label: 'Client certificate' },
  'kubernetesCluster.auth.mtls.clientKey': { label: 'Client private key' },
  'kubernetesCluster.auth.bearerToken': { label: 'Bearer token' },
  gateway: { label: 'Gateway', help: 'How traffic enters and leaves this plane.' },
  'gateway.publicVirtualHost': {
    label: 'Public virtual host',
    help: 'Host name for public traffic to workloads.',
    placeholder: 'api.example.com',
  },
  'gateway.organizationVirtualHost': {
    label: 'Organization virtual host',
    help: 'Host name for traffic within the organization.',
    placeholder: 'internal.example.com',
  },
  'gateway.publicHTTPPort': { label: 'Public HTTP port', help: HTTP_PORT_HELP },
  'gateway.publicHTTPSPort': { label: 'Public HTTPS port', help: HTTP_PORT_HELP },
  'gateway.organizationHTTPPort': { label: 'Organization HTTP port', help: HTTP_PORT_HELP },
  'gateway.organizationHTTPSPort': { label: 'Organization HTTPS port', help: HTTP_PORT_HELP },
  'gateway.publicGatewayName': { label: 'Public gateway' },
  'gateway.publicGatewayNamespace': { label: 'Public gateway namespace' },
  'gateway.organizationGatewayName': { label: 'Organization gateway' },
  'gateway.organizationGatewayNamespace': { label: 'Organization gateway namespace' },
  'gateway.ingress': { label: 'Ingress', help: 'Traffic into the plane.' },
  'gateway.ingress.external': { label: 'External ingress' },
  'gateway.ingress.internal': { label: 'Internal ingress' },
  'gateway.egress': { label: 'Egress', help: 'Traffic out of the plane.' },
  'gateway.egress.external': { label: 'External egress' },
  'gateway.egress.internal': { label: 'Internal egress' },
  registry: { label: 'Container registry' },
  'registry.prefix': {
    label: 'Registry prefix',
    help: 'Domain and namespace of the registry to pull images from.',
    placeholder: 'docker.io/myorg',
  },
  'registry.secretRef': {
    label: 'Registry Secret',
    help: 'Name of the Secret with the registry credentials.',
    placeholder: 'registry-credentials',
  },
  observer: { label: 'Observer', help: 'The service that provides logs and metrics of this plane.' },
  'observer.url': { label: 'Observer URL', placeholder: 'https://observer.example.com' },
  'observer.authentication': { label: 'Observer sign-in' },
  'observer.authentication.basicAuth': { label: 'Observer sign-in' },
  'observer.authentication.basicAuth.username': { label: 'Username' },
  'observer.authentication.basicAuth.password': { label: 'Password' },
  secretStoreRef: {
    label: 'Secret store',
    help: "Name of the ClusterSecretStore (External Secrets) in the plane's cluster.",
    placeholder: 'vault-backend',
  },
  imagePullSecretRefs: {
    label: 'Image pull secrets',
    help: 'Names of SecretReferences with image registry credentials.',
  },
  observabilityPlaneRef: {
    label: 'Observability plane',
    help: 'Receives the logs and metrics of this plane.',
  },
  observerURL: {
    label: 'Observer URL',
    help: 'Base URL of the service that provides logs and metrics.',
    placeholder: 'https://observer.example.com',
  },
  rcaAgentURL: {
    label: 'Root cause analysis agent URL',
    help: 'Base URL of the agent that finds root causes of failures.',
    placeholder: 'https://rca.example.com',
  },
  finOpsAgentURL: {
    label: 'Cost agent URL',
    help: 'Base URL of the agent that reports costs.',
    placeholder: 'https://finops.example.com',
  },
};

/** Texts of the fields of `gateway.{ingress,egress}.{external,internal}`, which all have the same fields. */
export const KNOWN_ENDPOINT_FIELDS: Readonly<Record<string, FieldText>> = {
  name: {
    label: 'Gateway',
    help: "Name of the Gateway in the plane's cluster.",
    placeholder: 'gateway-default',
  },
  namespace: { label: 'Gateway namespace', placeholder: 'openchoreo-data-plane' },
  http: { label: 'HTTP listener' },
  https: { label: 'HTTPS listener' },
  tls: { label: 'TLS passthrough listener' },
  host: { label: 'Host', placeholder: 'api.example.com' },
  port: { label: 'Port', placeholder: '443' },
  'http.port': { label: 'Port', placeholder: '80' },
  listenerName: { label: 'Listener', help: 'Name of the listener, if the Gateway has several.' },
};

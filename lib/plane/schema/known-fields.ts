/** The texts beside an input. */
export interface FieldText {
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
}

const HTTP_PORT_HELP = 'The port of the gateway in the plane’s cluster.';

/** Texts by the field's path within the spec. Lists and maps count as one step. */
export const KNOWN_FIELDS: Readonly<Record<string, FieldText>> = {
  planeID: {
    label: 'Plane ID',
    help: 'Names the physical cluster. The agent must be installed with the same one; planes of one role that share it are the same cluster.',
    placeholder: 'prod-eu',
  },
  'clusterAgent.clientCA': {
    label: 'CA that verifies the agent',
    help: 'The certificate ca.crt of the Secret cluster-agent-tls in the plane’s cluster.',
  },
  'agent.clientCA': {
    label: 'CA that verifies the agent',
    help: 'The certificate ca.crt of the Secret cluster-agent-tls in the plane’s cluster.',
  },
  kubernetesCluster: {
    label: 'Direct access to the cluster',
    help: 'The control plane calls the API server of this cluster itself.',
  },
  'kubernetesCluster.name': { label: 'Name of the cluster', placeholder: 'production-cluster' },
  'kubernetesCluster.credentials': { label: 'Sign-in' },
  'kubernetesCluster.credentials.apiServerURL': {
    label: 'Address of the API server',
    placeholder: 'https://k8s-api.example.com:6443',
  },
  'kubernetesCluster.credentials.caCert': { label: 'CA of the API server' },
  'kubernetesCluster.credentials.clientCert': { label: 'Client certificate' },
  'kubernetesCluster.credentials.clientKey': { label: 'Private key of the client' },
  'kubernetesCluster.server': {
    label: 'Address of the API server',
    placeholder: 'https://k8s-api.example.com:6443',
  },
  'kubernetesCluster.tls.ca': { label: 'CA of the API server' },
  'kubernetesCluster.auth.mtls': { label: 'Sign-in with a client certificate' },
  'kubernetesCluster.auth.mtls.clientCert': { label: 'Client certificate' },
  'kubernetesCluster.auth.mtls.clientKey': { label: 'Private key of the client' },
  'kubernetesCluster.auth.bearerToken': { label: 'Bearer token' },
  gateway: { label: 'Gateway', help: 'How traffic reaches and leaves the workloads of this plane.' },
  'gateway.publicVirtualHost': {
    label: 'Public virtual host',
    help: 'The host name under which workloads are reached from outside.',
    placeholder: 'api.example.com',
  },
  'gateway.organizationVirtualHost': {
    label: 'Organisation virtual host',
    help: 'The host name for traffic within the organisation.',
    placeholder: 'internal.example.com',
  },
  'gateway.publicHTTPPort': { label: 'Public HTTP port', help: HTTP_PORT_HELP },
  'gateway.publicHTTPSPort': { label: 'Public HTTPS port', help: HTTP_PORT_HELP },
  'gateway.organizationHTTPPort': { label: 'Organisation HTTP port', help: HTTP_PORT_HELP },
  'gateway.organizationHTTPSPort': { label: 'Organisation HTTPS port', help: HTTP_PORT_HELP },
  'gateway.publicGatewayName': { label: 'Public gateway' },
  'gateway.publicGatewayNamespace': { label: 'Namespace of the public gateway' },
  'gateway.organizationGatewayName': { label: 'Organisation gateway' },
  'gateway.organizationGatewayNamespace': { label: 'Namespace of the organisation gateway' },
  'gateway.ingress': { label: 'Ingress', help: 'Traffic coming into the plane.' },
  'gateway.ingress.external': { label: 'Ingress from outside' },
  'gateway.ingress.internal': { label: 'Ingress from within the organisation' },
  'gateway.egress': { label: 'Egress', help: 'Traffic leaving the plane.' },
  'gateway.egress.external': { label: 'Egress to the outside' },
  'gateway.egress.internal': { label: 'Egress within the organisation' },
  registry: { label: 'Container registry' },
  'registry.prefix': {
    label: 'Registry prefix',
    help: 'Domain and namespace of the registry that images are pulled from.',
    placeholder: 'docker.io/myorg',
  },
  'registry.secretRef': {
    label: 'Secret of the registry',
    help: 'Name of the Secret with its credentials.',
    placeholder: 'registry-credentials',
  },
  observer: { label: 'Observer', help: 'The service that logs and metrics of this plane are asked of.' },
  'observer.url': { label: 'Observer URL', placeholder: 'https://observer.example.com' },
  'observer.authentication': { label: 'Sign-in to the observer' },
  'observer.authentication.basicAuth': { label: 'Sign-in to the observer' },
  'observer.authentication.basicAuth.username': { label: 'User name' },
  'observer.authentication.basicAuth.password': { label: 'Password' },
  secretStoreRef: {
    label: 'Secret store',
    help: 'Name of the ClusterSecretStore of External Secrets in the plane’s cluster.',
    placeholder: 'vault-backend',
  },
  imagePullSecretRefs: {
    label: 'Image pull secrets',
    help: 'Names of SecretReferences with credentials of image registries.',
  },
  observabilityPlaneRef: {
    label: 'Observability plane',
    help: 'Where logs and metrics of this plane go.',
  },
  observerURL: {
    label: 'Observer URL',
    help: 'Base URL of the service that answers for logs and metrics.',
    placeholder: 'https://observer.example.com',
  },
  rcaAgentURL: {
    label: 'Root cause analysis agent URL',
    help: 'Base URL of the agent that looks for causes of failures.',
    placeholder: 'https://rca.example.com',
  },
  finOpsAgentURL: {
    label: 'Cost agent URL',
    help: 'Base URL of the agent that reports on costs.',
    placeholder: 'https://finops.example.com',
  },
};

/** Texts of the fields of `gateway.{ingress,egress}.{external,internal}`, which all have the same fields. */
export const KNOWN_ENDPOINT_FIELDS: Readonly<Record<string, FieldText>> = {
  name: {
    label: 'Gateway',
    help: 'Name of the Gateway in the plane’s cluster.',
    placeholder: 'gateway-default',
  },
  namespace: { label: 'Namespace of the gateway', placeholder: 'openchoreo-data-plane' },
  http: { label: 'HTTP listener' },
  https: { label: 'HTTPS listener' },
  tls: { label: 'TLS passthrough listener' },
  host: { label: 'Host', placeholder: 'api.example.com' },
  port: { label: 'Port', placeholder: '443' },
  'http.port': { label: 'Port', placeholder: '80' },
  listenerName: { label: 'Listener', help: 'Its name within the Gateway, where there are several.' },
};

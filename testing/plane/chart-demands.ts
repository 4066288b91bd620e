import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { Role } from '@/lib/plane/model/kinds';

/**
 * What OpenChoreo's charts refuse to render without, what the API server rejects in what they render, and the keys
 * that their schemas know, per role and release from 0.9 to 1.2. Found by rendering the charts; written apart from the
 * code that makes the values.
 */
interface Demand {
  /** Releases such as `0.15`; a demand holds from the first to the last of them. */
  readonly from: string;
  readonly to: string;
  readonly failure: (values: JsonObject) => string | null;
}

export const CHART_RELEASES = [
  '0.9',
  '0.10',
  '0.11',
  '0.12',
  '0.13',
  '0.14',
  '0.15',
  '0.16',
  '0.17',
  '1.0',
  '1.1',
  '1.2',
] as const;

const at = (values: JsonObject, path: string): Json | undefined => valueAt(values, path.split('.'));

function text(path: string) {
  return (values: JsonObject) => {
    const value = at(values, path);
    return typeof value === 'string' && value !== '' && !value.includes('.invalid')
      ? null
      : `${path} is required`;
  };
}

function gatewayHostname(values: JsonObject): string | null {
  if (at(values, 'gateway.tls.enabled') === false) return null;
  return text('gateway.tls.hostname')(values);
}

/** The Gateway API's rule: "certificateRefs or options must be specified when mode is Terminate". */
function gatewayCertificate(values: JsonObject): string | null {
  if (at(values, 'gateway.tls.enabled') === false) return null;
  const references = at(values, 'gateway.tls.certificateRefs');
  const [first] = Array.isArray(references) ? references : [];
  return isJsonObject(first) && typeof first.name === 'string' && first.name !== ''
    ? null
    : 'certificateRefs must be specified when mode is Terminate';
}

function observerBaseUrl(values: JsonObject): string | null {
  const variables = at(values, 'observer.extraEnvs');
  const variable = (name: string) =>
    Array.isArray(variables)
      ? variables.find((one): one is JsonObject => isJsonObject(one) && one.name === name)?.value
      : undefined;
  const url = variable('OBSERVER_BASE_URL');
  if (typeof url !== 'string' || url.includes('.invalid')) return 'OBSERVER_BASE_URL is required';
  return variable('AUTHZ_TIMEOUT') === '30s' ? null : 'the default AUTHZ_TIMEOUT is lost';
}

const DEMANDS: Record<Role, readonly Demand[]> = {
  data: [
    { from: '0.15', to: '1.2', failure: gatewayHostname },
    { from: '0.15', to: '1.2', failure: gatewayCertificate },
  ],
  build: [],
  workflow: [],
  observability: [
    // Its default, *.openchoreo.invalid, renders and is unreachable.
    { from: '0.15', to: '1.2', failure: gatewayHostname },
    { from: '0.15', to: '1.2', failure: gatewayCertificate },
    { from: '0.15', to: '0.15', failure: text('openSearchCluster.credentialsSecretName') },
    { from: '0.15', to: '0.15', failure: text('openSearchCluster.adminPassword') },
    { from: '0.15', to: '1.1', failure: text('observer.openSearchSecretName') },
    { from: '1.0', to: '1.2', failure: text('observer.secretName') },
    { from: '1.2', to: '1.2', failure: text('observer.controlPlaneApiUrl') },
    { from: '1.2', to: '1.2', failure: observerBaseUrl },
  ],
};

const GATEWAY_KEYS = [
  { path: 'gateway.tls.hostname', from: '0.15', to: '1.2' },
  { path: 'gateway.tls.enabled', from: '0.15', to: '1.2' },
  { path: 'gateway.tls.certificateRefs', from: '0.15', to: '1.2' },
];

/** The keys beyond the agent's that each chart's schema knows, of those that a values file may contain. */
const KEYS: Record<Role, readonly { readonly path: string; readonly from: string; readonly to: string }[]> = {
  data: GATEWAY_KEYS,
  build: [],
  workflow: [],
  observability: [
    ...GATEWAY_KEYS,
    { path: 'openSearchCluster.credentialsSecretName', from: '0.15', to: '0.15' },
    { path: 'openSearchCluster.adminPassword', from: '0.15', to: '0.15' },
    { path: 'observer.openSearchSecretName', from: '0.15', to: '1.1' },
    { path: 'observer.secretName', from: '1.0', to: '1.2' },
    { path: 'observer.controlPlaneApiUrl', from: '1.2', to: '1.2' },
    { path: 'observer.extraEnvs', from: '1.2', to: '1.2' },
  ],
};
const AGENT_KEYS = [
  'clusterAgent.planeID',
  'clusterAgent.serverUrl',
  'clusterAgent.tls.generateCerts',
  'clusterAgent.tls.caSecretName',
];

const orderOf = (release: string) => (CHART_RELEASES as readonly string[]).indexOf(release);
const covers = ({ from, to }: { from: string; to: string }, release: string) =>
  orderOf(from) <= orderOf(release) && orderOf(release) <= orderOf(to);

/** Returns why helm would refuse these values for the chart of a role and release; empty if it takes them. */
export function chartFailures(role: Role, release: string, values: JsonObject): string[] {
  const missing = DEMANDS[role]
    .filter((demand) => covers(demand, release))
    .flatMap(({ failure }) => failure(values) ?? []);
  const known = [...AGENT_KEYS, ...KEYS[role].filter((key) => covers(key, release)).map(({ path }) => path)];
  const unknown = leaves(values, [])
    .filter((path) => !known.includes(path))
    .map((path) => `additional properties ${path} not allowed`);
  return [...missing, ...unknown];
}

function leaves(values: JsonObject, path: readonly string[]): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    isJsonObject(value) ? leaves(value, [...path, name]) : [[...path, name].join('.')],
  );
}

import type { CustomResourceDefinition } from '@/demo/crds/kind-definition';
import type { Release } from '@/demo/crds/profiles';
import { PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { Sample } from './sample';

const REGIONS = [
  'eu-west-1',
  'eu-central-1',
  'eu-north-1',
  'us-east-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-northeast-1',
  'sa-east-1',
] as const;
const TEAMS = [
  'storefront',
  'checkout',
  'search',
  'pricing',
  'fulfilment',
  'returns',
  'loyalty',
  'fraud',
  'catalogue',
  'store-systems',
] as const;
const CLOUDS = ['aws', 'azure', 'gcp', 'on-prem'] as const;
const ENVS = ['prod', 'prod', 'staging', 'dev'] as const;
export const GENERATED_NAMESPACES = 20;

/** The share of each role and scope, in percent. */
const SHARES: Record<string, number> = {
  'data/Namespaced': 68,
  'data/Cluster': 6,
  'pipeline/Namespaced': 12,
  'pipeline/Cluster': 3,
  'observability/Namespaced': 9,
  'observability/Cluster': 2,
};

/** Returns the kinds that a release serves, each as often as its share. The result is the same at every start. */
export function kindSequence(crds: readonly CustomResourceDefinition[]): PlaneKindEntry[] {
  const served = PLANE_KINDS.filter((entry) => crds.some((crd) => crd.spec.names.kind === entry.kind));
  return served.flatMap((entry) => {
    const role = entry.role === 'build' || entry.role === 'workflow' ? 'pipeline' : entry.role;
    return Array.from({ length: SHARES[`${role}/${entry.scope}`] ?? 0 }, () => entry);
  });
}

/** Returns generated plane number `index`, the same at every start. Most have one agent, a few have two or none. */
export function generatedPlane(index: number, release: Release, kinds: readonly PlaneKindEntry[]): Sample {
  // A step that is coprime to the lists' lengths spreads kinds and words evenly.
  const pick = <T>(list: readonly T[], step: number): T => list[(index * step) % list.length] as T;
  const entry = pick(kinds, 37);
  const region = pick(REGIONS, 3);
  const team = pick(TEAMS, 7);
  const env = pick(ENVS, 1);
  const number = String(index).padStart(5, '0');
  const name = `${team}-${region}-${env}-${number}`;
  const isDirect = release === '0.3' || release === '0.7';
  const isAlone = index % 97 === 0;
  return {
    id: `generated-${index}`,
    shows: 'One of many',
    kind: entry.kind,
    ...(entry.scope === 'Namespaced' ? { namespace: generatedNamespace(index) } : {}),
    name,
    displayName: `${team.charAt(0).toUpperCase()}${team.slice(1)} ${region} ${env} ${index}`,
    labels: { region, env, team, cloud: pick(CLOUDS, 1) },
    ...(isDirect ? {} : { planeID: name }),
    spec: specOf(entry, release, name),
    ...(isDirect ? {} : { ca: 'authority-in-secret' as const, caOf: GENERATED_CA }),
    agents: isDirect || isAlone ? 0 : index % 20 === 0 ? 2 : 1,
    ageMs: 0,
    expected: { state: isDirect ? 'unmonitored' : isAlone ? 'pending' : 'healthy' },
  };
}

/** The CA that all generated planes trust. Each namespace has its Secret. */
export const GENERATED_CA = 'generated';

export function generatedNamespace(index: number): string {
  return `aurora-team-${String(index % GENERATED_NAMESPACES).padStart(2, '0')}`;
}

function specOf({ role, kind }: PlaneKindEntry, release: Release, name: string): Record<string, unknown> {
  const virtualHosts = {
    publicVirtualHost: `${name}.apps.example`,
    organizationVirtualHost: `${name}.int.example`,
  };
  if (role === 'observability') return { observerURL: `https://${name}.observer.example` };
  const gateway = kind.endsWith('DataPlane') && !release.startsWith('1.') ? { gateway: virtualHosts } : {};
  const registry =
    kind === 'DataPlane' && release === '0.3' ? { registry: { prefix: 'registry.example/apps' } } : {};
  return { ...gateway, ...registry, ...(release === '0.3' ? inlineCluster(name) : {}) };
}

/** A cluster with fake certificates: nothing calls it. */
function inlineCluster(name: string): Record<string, unknown> {
  const text = Buffer.from(`no certificate of ${name}`).toString('base64');
  const credentials = {
    apiServerURL: `https://${name}.example:6443`,
    caCert: text,
    clientCert: text,
    clientKey: text,
  };
  return { kubernetesCluster: { name, credentials } };
}

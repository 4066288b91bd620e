import { kindOfName, type PlaneKindName } from '@/lib/plane/model/kinds';
import type { KindDefinition } from './definition';
import { type Field, object } from './schema';

/** Short names as the releases declare them; namespaced kinds but DataPlane have none. */
const SHORT_NAMES: Partial<Record<PlaneKindName, readonly string[]>> = {
  DataPlane: ['dp', 'dps'],
  ClusterDataPlane: ['cdp', 'cdps'],
  ClusterBuildPlane: ['cbp', 'cbps'],
  ClusterWorkflowPlane: ['cwp', 'cwps'],
  ClusterObservabilityPlane: ['cop', 'cops'],
};

/** A plane kind with the fields that a release gives its spec and its status. */
export function planeKind(
  kind: PlaneKindName,
  specFields: Readonly<Record<string, Field>>,
  status: Field,
): KindDefinition {
  const entry = kindOfName(kind);
  if (!entry) throw new Error(`${kind} is no plane kind.`);
  const shortNames = SHORT_NAMES[kind];
  return {
    kind,
    plural: entry.plural,
    singular: kind.toLowerCase(),
    ...(shortNames ? { shortNames } : {}),
    scope: entry.scope,
    description: `${entry.words}: a remote Kubernetes cluster in this role.`,
    spec: object(specFields, 'What the plane should be.'),
    status,
  };
}

import { nameOf } from '@/lib/plane/agent-setup/setup-facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import type { ObjectRef } from '@/lib/plane/related/related-resources';
import { formatAge } from '@/lib/plane/time/age';
import type { DiagnosisInput } from './diagnosis-input';

const MAX_NAMED = 3;

/** Whether the plane's kind is cluster-wide. */
export function isClusterWide({ row }: DiagnosisInput): boolean {
  return kindOfName(row.plane.kind)?.scope === 'Cluster';
}

/** `DataPlane acme/prod`. */
export function planeName(plane: Pick<Plane, 'kind' | 'namespace' | 'name'>): string {
  return nameOf(plane, plane);
}

/** `Environment acme/dev`. */
export function objectName({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** `one other plane`, `12 other planes`. */
export function otherPlanes(count: number): string {
  return count === 1 ? 'one other plane' : `${count} other planes`;
}

/** The first few of a list: `a`, `a and b`, `a, b, c and 4 more`. */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  if (names.length <= MAX_NAMED) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more`;
}

/** A message that somebody else wrote, fit to stand before another sentence. */
export function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** How long ago the plane's surroundings were read: ` 12 s ago`. */
export function readAge({ related, nowMs }: DiagnosisInput): string {
  return related === null ? '' : ` ${formatAge(nowMs - related.readAtMs)} ago`;
}

/** Where the plane's CA is named. */
export function caField({ features }: DiagnosisInput): string {
  return features?.optionalAgent && !features.clusterAgent
    ? 'spec.agent.clientCA'
    : 'spec.clusterAgent.clientCA';
}

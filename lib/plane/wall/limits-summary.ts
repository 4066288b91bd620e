import { kindOfName, ROLE_LABELS } from '@/lib/plane/model/kinds';
import { joinSome } from '@/lib/plane/model/text';
import type { WallLimitLists } from './wall-address';

/**
 * Describes a wall's limits: `Planes with roles data and workflow, in namespace acme`.
 *
 * @param maxNamespaces how many namespaces are named, before the others are only counted
 */
export function limitsSummary(
  { kinds, roles, namespaces }: WallLimitLists,
  maxNamespaces = Number.POSITIVE_INFINITY,
): string {
  const parts = [
    partText('with role', roles.map(roleWord)),
    partText('of kind', kinds.map(kindWord)),
    partText('in namespace', namespaces, maxNamespaces),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'All planes' : `Planes ${parts.join(', ')}`;
}

function partText(before: string, values: readonly string[], max = Number.POSITIVE_INFINITY): string | null {
  return values.length === 0 ? null : `${before}${values.length === 1 ? '' : 's'} ${joinSome(values, max)}`;
}

function roleWord(role: string): string {
  return (
    Object.entries(ROLE_LABELS)
      .find(([name]) => name === role)?.[1]
      .toLowerCase() ?? role
  );
}

/** Returns a kind's usual label. In lower case, the kind of data planes would read like their role. */
function kindWord(kind: string): string {
  return kindOfName(kind)?.label ?? kind;
}

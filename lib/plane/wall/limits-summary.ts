import { kindOfName, ROLE_LABELS } from '@/lib/plane/model/kinds';
import { joinList } from '@/lib/plane/model/text';
import type { WallLimitLists } from './wall-address';

/** Describes a wall's limits: `Planes with roles data and workflow, in namespace acme`. */
export function limitsSummary({ kinds, roles, namespaces }: WallLimitLists): string {
  const parts = [
    partText('with role', roles.map(roleWord)),
    partText('of kind', kinds.map(kindWord)),
    partText('in namespace', namespaces),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'All planes' : `Planes ${parts.join(', ')}`;
}

function partText(before: string, values: readonly string[]): string | null {
  return values.length === 0 ? null : `${before}${values.length === 1 ? '' : 's'} ${joinList(values)}`;
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

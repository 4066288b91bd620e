import 'server-only';
import type { WallLimits } from '@/lib/api/wall';
import { kindOfPlural, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { isWithinLimits } from './wall-view';

/**
 * Returns what a wall's link lets see, so that nothing on the wall follows from another plane.
 *
 * @param person who previews the wall; a screen isn't a person, and only its link's limits decide
 */
export function limitedView(limits: WallLimits, person: View = WHOLE_FLEET): View {
  const { kinds, roles, namespaces } = limits;
  if (kinds.length + roles.length + namespaces.length === 0) return person;
  const admits = isWithinLimits(limits);
  const admitsKind = isWithinLimits({ kinds, roles, namespaces: [] });
  const withKind = <T>(plural: string, test: (kind: PlaneKindEntry['kind']) => T, other: T): T => {
    const kind = kindOfPlural(plural)?.kind;
    return kind === undefined ? other : test(kind);
  };
  return {
    key: JSON.stringify([person.key, kinds, roles, namespaces]),
    sees: (scope) =>
      person.sees(scope) &&
      withKind(scope.plural, (kind) => admits({ kind, namespace: scope.namespace }), false),
    reachOf: (plural, namespace) => {
      if (!withKind(plural, (kind) => admitsKind({ kind }), false)) return 'none';
      const reach = person.reachOf(plural, namespace);
      if (namespace !== undefined)
        return withKind(plural, (kind) => admits({ kind, namespace }), false) ? reach : 'none';
      return reach === 'all' && namespaces.length > 0 ? 'some' : reach;
    },
  };
}

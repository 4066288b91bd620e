import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import type { ObjectRef } from '@/lib/plane/related/related-resources';

/** The page of another object; null: Planeboard has pages of planes only. */
export function objectPath({ kind, namespace, name }: ObjectRef): `/planes/${string}` | null {
  const entry = kindOfName(kind);
  if (!entry || (entry.scope === 'Namespaced') !== (namespace !== undefined)) return null;
  return planePath({ plural: entry.plural, namespace, name });
}

import { kindOfPlural } from '@/lib/plane/model/kinds';
import { lowerFirst } from '@/lib/plane/model/text';
import type { Draft } from './draft';

/** Returns what a draft is of, as far as it was entered: `data plane shop/prod`, `data plane in shop`, `data plane`. */
export function draftLabel({
  plural,
  namespace,
  name,
}: Pick<Draft, 'plural' | 'namespace' | 'name'>): string {
  const kind = lowerFirst(kindOfPlural(plural)?.label ?? plural);
  if (name === '') return namespace === '' ? kind : `${kind} in ${namespace}`;
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

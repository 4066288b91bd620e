import 'server-only';
import type { Visibility } from '@/lib/server/fleet/change-set';
import type { Caller } from './caller';

const EVERYTHING: Visibility = { key: 'everything', sees: () => true };

/**
 * The planes that a caller may see. While the kubeconfig's identity is the only caller, the store holds exactly what
 * it may list, so all of it is visible; rights of other people are to be decided here, and only here.
 */
export async function visiblePlanes(_caller: Caller): Promise<Visibility> {
  return EVERYTHING;
}

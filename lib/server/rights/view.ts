import 'server-only';
import type { Caller } from './caller';

/** The part of a plane that decides who may see it. */
export interface PlaneScope {
  readonly plural: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** How much of a kind can be seen. Only if all of it can, a plane that isn't there doesn't exist. */
export type KindReach = 'all' | 'some' | 'none';

/** What people with equal rights may see. Equal keys mean equal views: their readers get the same bytes. */
export interface View {
  readonly key: string;
  readonly sees: (scope: PlaneScope) => boolean;
  readonly reachOf: (plural: string) => KindReach;
}

/** The view of Planeboard's own account, which the fleet is read with. */
export const WHOLE_FLEET: View = { key: 'everything', sees: () => true, reachOf: () => 'all' };

/**
 * Returns what a caller may see. While the kubeconfig's identity is the only caller, the store holds exactly what it may
 * list, so all of it is visible. Only this function may decide on the rights of other people.
 */
export async function viewOf(_caller: Caller): Promise<View> {
  return WHOLE_FLEET;
}

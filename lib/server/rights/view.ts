import 'server-only';

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
  /** @param namespace limits the question to the planes of the kind in it */
  readonly reachOf: (plural: string, namespace?: string) => KindReach;
}

/** The view of Planeboard's own account, which the fleet is read with. */
export const WHOLE_FLEET: View = { key: 'everything', sees: () => true, reachOf: () => 'all' };

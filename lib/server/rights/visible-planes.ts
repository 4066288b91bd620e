import 'server-only';
import type { Caller } from './caller';

/** The part of a plane that decides who may see it. */
export interface PlaneScope {
  readonly uid: string;
  readonly plural: string;
  readonly namespace?: string | undefined;
}

/** What a caller may see. Readers with the same key get the same bytes, encoded once. */
export interface Visibility {
  readonly key: string;
  readonly sees: (scope: PlaneScope) => boolean;
}

export const EVERYTHING: Visibility = { key: 'everything', sees: () => true };

/**
 * Returns the planes that a caller may see. While the kubeconfig's identity is the only caller, the store holds
 * exactly what it may list, so all of it is visible. Only this function may decide on the rights of other people.
 */
export async function visiblePlanes(_caller: Caller): Promise<Visibility> {
  return EVERYTHING;
}

/** Returns the scope alone, without the plane that it was read from. */
export function scopeOf({ uid, plural, namespace }: PlaneScope): PlaneScope {
  return { uid, plural, namespace };
}

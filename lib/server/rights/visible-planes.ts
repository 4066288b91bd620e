import 'server-only';
import type { Caller } from './caller';

/** What decides who may see a plane. */
export interface PlaneScope {
  readonly uid: string;
  readonly plural: string;
  readonly namespace: string | undefined;
}

/** What somebody may see. Readers whose keys are equal get the same bytes, encoded once. */
export interface Visibility {
  readonly key: string;
  readonly sees: (scope: PlaneScope) => boolean;
}

const EVERYTHING: Visibility = { key: 'everything', sees: () => true };

/**
 * The planes that a caller may see. While the kubeconfig's identity is the only caller, the store holds exactly what
 * it may list, so all of it is visible; rights of other people are to be decided here, and only here.
 */
export async function visiblePlanes(_caller: Caller): Promise<Visibility> {
  return EVERYTHING;
}

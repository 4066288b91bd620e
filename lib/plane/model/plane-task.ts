import { type PlaneIdentity, planePath } from './plane-path';

/** The two ways in which the same edit of a plane is looked at. */
export const EDIT_VIEWS = ['form', 'yaml'] as const;
export type EditView = (typeof EDIT_VIEWS)[number];

/** An edit of a plane as the address has it. */
export interface EditPlace {
  readonly view: EditView;
  /** What the edit comes to is being looked at, before it is saved. */
  readonly review: boolean;
}

/** The address of a plane's edit; a deep link, as what is edited lives in the tab and not in the address. */
export function editPath(
  identity: PlaneIdentity,
  { view, review = false }: { view: EditView; review?: boolean },
): `/planes/${string}` {
  return `${planePath(identity)}?edit=${view}${review ? '&review=1' : ''}`;
}

/** Which edit an address asks for; null: none. */
export function editPlaceOf(params: Pick<URLSearchParams, 'get'>): EditPlace | null {
  const view = EDIT_VIEWS.find((known) => known === params.get('edit'));
  return view === undefined ? null : { view, review: params.get('review') === '1' };
}

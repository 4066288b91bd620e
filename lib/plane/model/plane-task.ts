import { type PlaneIdentity, planePath } from './plane-path';

/** Both views show the same edit: as a form, or as YAML. */
export const EDIT_VIEWS = ['form', 'yaml'] as const;
export type EditView = (typeof EDIT_VIEWS)[number];

/** What a plane's page is open for, other than to be read. */
export type PlaneTask =
  /** `review`: the changes are shown before they are saved. */
  | { readonly task: 'edit'; readonly view: EditView; readonly review: boolean }
  /** `slot` is a credential slot's id; null: not chosen yet. */
  | { readonly task: 'replace'; readonly slot: string | null }
  | { readonly task: 'delete' };
export type EditTask = Extract<PlaneTask, { readonly task: 'edit' }>;

/** The task that a page's query names; null: none. */
export function parsePlaneTask(params: Pick<URLSearchParams, 'get'>): PlaneTask | null {
  const slot = params.get('replace');
  if (slot !== null) return { task: 'replace', slot: slot === '' ? null : slot };
  if (params.get('delete') === '1') return { task: 'delete' };
  const view = EDIT_VIEWS.find((known) => known === params.get('edit'));
  return view === undefined ? null : { task: 'edit', view, review: params.get('review') === '1' };
}

/** The page on which a plane is edited. What was typed lives in the tab, not in the address. */
export function editPath(
  identity: PlaneIdentity,
  { view, review = false }: { readonly view: EditView; readonly review?: boolean },
): `/planes/${string}` {
  return `${planePath(identity)}?edit=${view}${review ? '&review=1' : ''}`;
}

/**
 * The page on which a credential of a plane is replaced.
 *
 * @param slot the slot's id, or `agent-ca` for the agent's CA, wherever this release stores it; null: choose there
 */
export function replacePath(identity: PlaneIdentity, slot: string | null): `/planes/${string}` {
  return `${planePath(identity)}?${new URLSearchParams({ replace: slot ?? '' })}`;
}

/** The page on which a plane is deleted. */
export function deletePath(identity: PlaneIdentity): `/planes/${string}` {
  return `${planePath(identity)}?delete=1`;
}

import { type PlaneIdentity, planePath } from './plane-path';

/** The two views of the same edit: a form or YAML. */
const EDIT_VIEWS = ['form', 'yaml'] as const;
export type EditView = (typeof EDIT_VIEWS)[number];

/** The task that a plane's page is open for, besides viewing. */
export type PlaneTask =
  /** `review` shows the changes before they are saved. */
  | { readonly task: 'edit'; readonly view: EditView; readonly review: boolean }
  /** `slot` is the id of a credential slot, or null if none is chosen yet. */
  | { readonly task: 'replace'; readonly slot: string | null }
  /** From the agent's self-signed certificate to a CA of the plane's own. */
  | { readonly task: 'move-to-ca' }
  | { readonly task: 'delete' };
export type EditTask = Extract<PlaneTask, { readonly task: 'edit' }>;

/** Returns the task that a page's query names, or null. */
export function parsePlaneTask(params: Pick<URLSearchParams, 'get'>): PlaneTask | null {
  const slot = params.get('replace');
  if (slot !== null) return { task: 'replace', slot: slot === '' ? null : slot };
  if (params.get('move') === 'own-ca') return { task: 'move-to-ca' };
  if (params.get('delete') === '1') return { task: 'delete' };
  const view = EDIT_VIEWS.find((known) => known === params.get('edit'));
  return view === undefined ? null : { task: 'edit', view, review: params.get('review') === '1' };
}

/** Returns the path of the page for editing a plane. Typed text lives in the tab, not in the URL. */
export function editPath(
  identity: PlaneIdentity,
  { view, review = false }: { readonly view: EditView; readonly review?: boolean },
): `/planes/${string}` {
  return `${planePath(identity)}?edit=${view}${review ? '&review=1' : ''}`;
}

/**
 * Returns the path of the page for replacing a plane's credential.
 *
 * @param slot the slot's id, or `agent-ca` for the agent's CA, wherever this release stores it; null lets the person
 *   choose on the page
 */
export function replacePath(identity: PlaneIdentity, slot: string | null): `/planes/${string}` {
  return `${planePath(identity)}?${new URLSearchParams({ replace: slot ?? '' })}`;
}

/** Returns the path of the page that moves a plane from its agent's self-signed certificate to an own CA. */
export function caMovePath(identity: PlaneIdentity): `/planes/${string}` {
  return `${planePath(identity)}?move=own-ca`;
}

/** Returns the path of the page for deleting a plane. */
export function deletePath(identity: PlaneIdentity): `/planes/${string}` {
  return `${planePath(identity)}?delete=1`;
}

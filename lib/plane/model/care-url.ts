import { type PlaneIdentity, planePath } from './plane-path';

/** A piece of work on a plane that its page is open for. */
export type Care =
  /** `slot` is a credential slot's id; null: it is yet to be chosen. */
  { readonly task: 'replace'; readonly slot: string | null } | { readonly task: 'delete' };

const REPLACE = 'replace';
const DELETE = 'delete';

/** What a plane's page is open for, from its query; null: to be read. */
export function careOf(get: (name: string) => string | null): Care | null {
  const slot = get(REPLACE);
  if (slot !== null) return { task: 'replace', slot: slot === '' ? null : slot };
  return get(DELETE) === '1' ? { task: 'delete' } : null;
}

/**
 * The page on which a credential of a plane is replaced.
 *
 * @param slot the slot's id, or `agent-ca` for wherever this release has the agent's CA; null: choose there
 */
export function replacePath(identity: PlaneIdentity, slot: string | null): `/planes/${string}` {
  return `${planePath(identity)}?${new URLSearchParams({ [REPLACE]: slot ?? '' })}`;
}

/** The page on which a plane is deleted. */
export function deletePath(identity: PlaneIdentity): `/planes/${string}` {
  return `${planePath(identity)}?${DELETE}=1`;
}

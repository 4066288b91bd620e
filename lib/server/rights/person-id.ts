import 'server-only';
import { createHash } from 'node:crypto';
import type { PersonIdentity } from './identity-review';

/** Returns the id of a person as a caller. People whom the authorizer can't tell apart have the same. */
export function personId({ user, uid, groups, extra }: PersonIdentity): string {
  const extras = Object.entries(extra).map(([name, values]) => [name, values.toSorted()] as const);
  const identity = [user, uid, groups.toSorted(), extras.toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return `person:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
}

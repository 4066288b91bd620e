import 'server-only';
import { createHash } from 'node:crypto';
import { ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';
import type { PersonIdentity } from './identity-review';

/**
 * Returns the caller that a bearer token belongs to, as the API server says now or said within the last minute.
 *
 * @throws ProblemError `unauthenticated` when the API server rejects the token; KubeError when it can't be asked
 */
export async function callerOfToken(token: string, origin: RequestOrigin): Promise<Caller> {
  try {
    const { identity, client } = await getRuntime().people.byToken(token);
    const { user, groups } = identity;
    return { id: idOf(identity), user, groups, client, isOwnAccount: false, origin };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'unauthorized')
      throw new ProblemError('unauthenticated', 'The API server rejects this token. It may have expired.');
    throw failure;
  }
}

/** People whom the authorizer can't tell apart have the same id. */
function idOf({ user, uid, groups, extra }: PersonIdentity): string {
  const extras = Object.entries(extra).map(([name, values]) => [name, values.toSorted()] as const);
  const identity = [user, uid, groups.toSorted(), extras.toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return `person:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
}

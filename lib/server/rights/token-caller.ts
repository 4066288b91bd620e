import 'server-only';
import { ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';
import { personId } from './person-id';

/**
 * Returns the caller that a bearer token belongs to, as the API server says now or said within the last minute.
 *
 * @throws ProblemError `unauthenticated` when the API server rejects the token; KubeError when it can't be asked
 */
export async function callerOfToken(token: string, origin: RequestOrigin): Promise<Caller> {
  try {
    const { identity, client } = await getRuntime().people.byToken(token);
    const { user, groups } = identity;
    return { id: personId(identity), user, groups, client, isOwnAccount: false, origin };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'unauthorized')
      throw new ProblemError('unauthenticated', 'The API server rejects this token. It may have expired.');
    throw failure;
  }
}

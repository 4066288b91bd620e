import 'server-only';
import { getConfig } from '@/lib/server/config/config';
import { ProblemError } from '@/lib/server/http/problem';
import type { Impersonated } from '@/lib/server/kube/impersonated-connection';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';
import { personId } from './person-id';

/**
 * Returns the caller that Planeboard's account acts for. Only the groups of the allow-list (PLANEBOARD_IMPERSONATE_GROUPS)
 * count; the others are left out.
 *
 * @throws ProblemError `unauthenticated` for a person who must not be impersonated, `forbidden` when the account may not
 * impersonate them; KubeError when the API server can't be asked
 */
export async function callerOfImpersonation(
  { user: name, groups: all }: Impersonated,
  origin: RequestOrigin,
): Promise<Caller> {
  const { impersonation } = getConfig();
  if (!impersonation) throw new ProblemError('unauthenticated', "Acting for people isn't enabled.");
  const person = { user: name, groups: all.filter((group) => impersonation.groups.has(group)) };
  try {
    const { identity, client } = await getRuntime().people.byImpersonation(person);
    const { user, groups } = identity;
    return { id: personId(identity), user, groups, client, isOwnAccount: false, origin };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'unauthorized') throw new ProblemError('unauthenticated', failure.message);
    if (failure.code === 'forbidden')
      throw new ProblemError(
        'forbidden',
        `Planeboard's account can't act for you. Ask an administrator for its permission to impersonate. ${failure.message}`,
      );
    throw failure;
  }
}

import 'server-only';
import type { RegistrationKinds } from '@/lib/api/registration-options';
import { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { listNamespaces, mayCreateAnywhere } from './namespaces';

/** The installed kinds, each with whether the caller may create planes of it. */
export async function registrationKinds(caller: Caller): Promise<RegistrationKinds> {
  const { kinds } = getRuntime().catalog.state;
  if (kinds === null) {
    throw new ProblemError(
      'api-server-unreachable',
      'Which plane kinds are installed has not been read yet.',
    );
  }
  const answer = await listNamespaces(caller);
  const namespaces = answer.state === 'listed' ? answer.namespaces.map(({ name }) => name) : null;
  const rights = kinds.map(async ({ entry }) => ({
    plural: entry.plural,
    create: await mayCreateAnywhere(caller, entry, namespaces),
  }));
  return { kinds: await Promise.all(rights) };
}

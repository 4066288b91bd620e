import 'server-only';
import type { Impersonated } from '@/lib/server/kube/impersonated-connection';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { PersonIdentity } from './identity-review';

/** The API server adds it to every user that isn't anonymous. */
const EVERYONE = 'system:authenticated';

/**
 * Rejects an identity that isn't exactly the person that was asked for. A proxy in front of the API server that drops the
 * headers would make everyone Planeboard's account, and one that sends only the first of several would take groups away.
 *
 * @throws KubeError `unauthorized`
 */
export function requireImpersonated({ user, uid, groups, extra }: PersonIdentity, asked: Impersonated): void {
  const has = new Set(groups.filter((group) => group !== EVERYONE));
  const wanted = new Set(asked.groups);
  const isSame =
    user === asked.user &&
    uid === '' &&
    Object.keys(extra).length === 0 &&
    has.size === wanted.size &&
    [...has].every((group) => wanted.has(group));
  if (isSame) return;
  throw new KubeError(
    'unauthorized',
    'The API server takes the requests of this person for those of another one. Check any proxy in front of it.',
    401,
  );
}

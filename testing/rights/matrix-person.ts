import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { CSRF_HEADER } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import { PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { proxyCsrf } from '@/lib/server/sign-in/proxy-csrf';
import { DirectAnswers } from './direct-answers';
import type { MatrixPlane } from './matrix-world';
import { readableBy } from './readable-by';
import { createPerson, createUser, GROUP, idOf, MATRIX_GROUP, SORTS, type Sort } from './test-people';

/**
 * How a person reaches the API server: with a token of their own, or impersonated by Planeboard's account, whose credential
 * is a client certificate.
 */
export const WAYS = ['token', 'impersonation'] as const;
/** Impersonated like the others, but the rights are those of a group. */
export const GROUP_WAY = 'impersonation of a group';
type Way = (typeof WAYS)[number] | typeof GROUP_WAY;

/** Someone who calls every route. */
export interface MatrixPerson {
  readonly sort: Sort;
  /** How their requests reach the API server. */
  readonly way: string;
  /** Null if the person has none. */
  readonly token: string | null;
  /** What proves to Planeboard who it is. */
  readonly headers: Readonly<Record<string, string>>;
  readonly direct: DirectAnswers;
  /** The keys of the planes that the API server answers this person with. */
  readonly readable: ReadonlySet<string>;
}

/** Creates a person of a sort, and asks the API server which planes it answers this person with. */
export async function createMatrixPerson(
  controlPlane: ControlPlaneAccess,
  sort: Sort,
  way: Way,
  proxySecret: string,
  planes: readonly MatrixPlane[],
): Promise<MatrixPerson> {
  const name = idOf(sort);
  if (way === 'token') {
    const { token } = await createPerson(controlPlane, name, SORTS[sort]);
    const direct = DirectAnswers.ofToken(controlPlane, token);
    const headers = { authorization: `Bearer ${token}` };
    return { sort, way, token, headers, direct, readable: await readableBy(direct, planes) };
  }
  const isMember = way === GROUP_WAY;
  const user = isMember ? 'member@example.com' : `${name}@example.com`;
  if (!isMember) await createUser(controlPlane, user, SORTS[sort]);
  const { session } = getConfig();
  if (!session) throw new Error('There are no session keys.');
  const headers = {
    'x-forwarded-user': user,
    ...(isMember ? { 'x-forwarded-groups': GROUP } : {}),
    [PROXY_SECRET_HEADER]: proxySecret,
    [CSRF_HEADER]: proxyCsrf(user, session, Date.now()),
  };
  const direct = DirectAnswers.ofUser(controlPlane, user, isMember ? [MATRIX_GROUP] : []);
  return { sort, way, token: null, headers, direct, readable: await readableBy(direct, planes) };
}

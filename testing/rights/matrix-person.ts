import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { CSRF_HEADER } from '@/lib/api/session';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { getConfig } from '@/lib/server/config/config';
import { PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { planesPath } from '@/lib/server/kube/api-paths';
import { proxyCsrf } from '@/lib/server/sign-in/proxy-csrf';
import { DirectAnswers } from './direct-answers';
import { MATRIX_NAMESPACES, type MatrixPlane } from './matrix-world';
import { createPerson, createUser, SORTS, type Sort } from './test-people';

/** How a person reaches the API server: with a token of their own, or impersonated by Planeboard's account. */
export const WAYS = ['token', 'impersonation'] as const;
export type Way = (typeof WAYS)[number];

/** Someone who calls every route. */
export interface MatrixPerson {
  readonly sort: Sort;
  readonly way: Way;
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
  const name = `matrix-${sort.replaceAll(/[^a-z]+/g, '-')}`;
  if (way === 'token') {
    const { token } = await createPerson(controlPlane, name, SORTS[sort]);
    const direct = DirectAnswers.ofToken(controlPlane, token);
    const headers = { authorization: `Bearer ${token}` };
    return { sort, way, token, headers, direct, readable: await readableBy(direct, planes) };
  }
  const user = `${name}@example.com`;
  await createUser(controlPlane, user, SORTS[sort]);
  const { session } = getConfig();
  if (!session) throw new Error('There are no session keys.');
  const headers = {
    'x-forwarded-user': user,
    [PROXY_SECRET_HEADER]: proxySecret,
    [CSRF_HEADER]: proxyCsrf(user, session, Date.now()),
  };
  const direct = DirectAnswers.ofUser(controlPlane, user);
  return { sort, way, token: null, headers, direct, readable: await readableBy(direct, planes) };
}

/** Everything that a list of the cluster, of a namespace, or a request for one name answers with. */
async function readableBy(direct: DirectAnswers, planes: readonly MatrixPlane[]): Promise<Set<string>> {
  const paths = PLANE_KINDS.flatMap(({ plural, scope }) => {
    const namespaces = scope === 'Namespaced' ? MATRIX_NAMESPACES : [];
    return [undefined, ...namespaces].map((namespace) => ({
      plural,
      path: planesPath({ plural, namespace }),
    }));
  });
  const found = await Promise.all(
    [...paths, ...planes].map(async ({ plural, path }) =>
      (await direct.objects(path)).map(({ metadata: { namespace, name } }) =>
        planeKey({ plural, namespace, name }),
      ),
    ),
  );
  return new Set(found.flat());
}

import 'server-only';
import type { Catalog } from '@/lib/api/catalog';
import { PLANE_API_VERSION, PLANE_GROUP, type PlanePlural } from '@/lib/plane/model/kinds';
import type { InstalledKind, ServedKind } from '@/lib/plane/schema/installed-kind';
import { ProblemError } from '@/lib/server/http/problem';
import { isProvenUnserved } from '@/lib/server/kube/discovery';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { schemaProblemText } from './schema-problem';

/**
 * Returns the installed plane kinds and their fields. Discovery is open to every authenticated user, so all callers
 * see all kinds.
 */
export async function getCatalog(_caller: Caller): Promise<Catalog> {
  const { catalog, clock } = getRuntime();
  const { kinds, readAtMs, schemaProblem } = catalog.state;
  const problem = schemaProblemText(schemaProblem);
  return {
    serverTime: new Date(clock.nowMs()).toISOString(),
    readAt: readAtMs === null ? null : new Date(readAtMs).toISOString(),
    ...(problem === undefined ? {} : { schemaProblem: problem }),
    kinds: (kinds ?? []).map(({ entry: { kind, plural, role, scope, label }, schema }) => ({
      kind,
      plural,
      role,
      scope,
      label,
      ...(schema ? { schema } : {}),
    })),
  };
}

/**
 * Returns the kinds that this installation serves.
 *
 * @throws ProblemError `api-server-unreachable` until discovery has answered once
 */
export function servedKinds(): readonly ServedKind[] {
  const { kinds } = getRuntime().catalog.state;
  if (kinds) return kinds;
  throw new ProblemError(
    'api-server-unreachable',
    "Planeboard hasn't read the installed plane kinds yet. Try again shortly.",
  );
}

/**
 * Returns one served kind with its schema.
 *
 * @throws ProblemError `not-installed`; `api-server-unreachable` until its kinds and fields are known
 */
export function installedKind(plural: PlanePlural): InstalledKind {
  const kind = servedKinds().find(({ entry }) => entry.plural === plural);
  if (!kind) throw notInstalled(plural);
  if (kind.schema) return { entry: kind.entry, schema: kind.schema };
  const { schemaProblem } = getRuntime().catalog.state;
  const why = schemaProblem ? ` ${schemaProblem.message}` : '';
  throw new ProblemError('api-server-unreachable', `The schema of ${plural} isn't available yet.${why}`);
}

/**
 * Sends a request for a plane. Its kind may have been removed while a page was open, before the catalog has noticed.
 *
 * @throws ProblemError `not-installed` when the request fails because the kind isn't served; otherwise what `send` threw
 */
export async function requestServed<T>(
  { client }: Caller,
  plural: string,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (await isProvenUnserved(client, asKubeError(error), PLANE_API_VERSION, plural))
      throw notInstalled(plural);
    throw error;
  }
}

function notInstalled(plural: string): ProblemError {
  return new ProblemError('not-installed', `The API server doesn't serve ${plural}.${PLANE_GROUP}.`);
}

import 'server-only';
import { PLANE_GROUP, type PlanePlural } from '@/lib/plane/model/kinds';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { ProblemError } from '@/lib/server/http/problem';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * The kind as this installation serves it.
 *
 * @throws ProblemError `not-installed`; `api-server-unreachable` while it is not known yet which kinds and fields there are
 */
export function servedKind(plural: PlanePlural): InstalledKind {
  const { kinds, schemaProblem } = getRuntime().catalog.state;
  if (kinds === null) {
    throw new ProblemError(
      'api-server-unreachable',
      'Which plane kinds are installed has not been read yet.',
    );
  }
  const kind = kinds.find(({ entry }) => entry.plural === plural);
  if (!kind) throw new ProblemError('not-installed', `The API server serves no ${plural}.${PLANE_GROUP}.`);
  if (kind.schema) return { entry: kind.entry, schema: kind.schema };
  const why = schemaProblem ? ` ${schemaProblem.message}` : '';
  throw new ProblemError(
    'api-server-unreachable',
    `Which fields ${plural} have could not be read yet.${why}`,
  );
}

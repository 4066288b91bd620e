import 'server-only';
import { PLANE_KINDS, type Scope } from '@/lib/plane/model/kinds';
import { z } from '@/lib/zod';
import type { ApiOperation, ApiParameter } from './operation';

/** An operation on one plane, whatever its scope. `part` is what its path has after the plane. */
export type PlaneOperation = Omit<ApiOperation, 'path' | 'area'> & { readonly part?: `/${string}` };

const PREFIX: Record<Scope, `/${string}`> = {
  Namespaced: '/api/planes/{plural}/{namespace}/{name}',
  Cluster: '/api/planes/{plural}/{name}',
};

function pluralParameter(scope: Scope): ApiParameter {
  const [first, ...rest] = PLANE_KINDS.filter((kind) => kind.scope === scope).map(({ plural }) => plural);
  if (first === undefined) throw new Error(`No plane kind has the scope ${scope}.`);
  return {
    name: 'plural',
    in: 'path',
    description: 'The kind, as its plural in the API of Kubernetes.',
    schema: z.enum([first, ...rest]),
    example: first,
  };
}

const IDENTITY: Record<Scope, readonly ApiParameter[]> = {
  Namespaced: [
    pluralParameter('Namespaced'),
    { name: 'namespace', in: 'path', description: "The plane's namespace.", example: 'acme' },
    { name: 'name', in: 'path', description: "The plane's name.", example: 'prod' },
  ],
  Cluster: [
    pluralParameter('Cluster'),
    { name: 'name', in: 'path', description: "The plane's name.", example: 'shared' },
  ],
};

/** Returns an operation on planes as it is for namespaced kinds, and for cluster kinds. */
export function forBothScopes({ part, id, parameters = [], ...rest }: PlaneOperation): ApiOperation[] {
  return (['Namespaced', 'Cluster'] as const).map((scope) => ({
    ...rest,
    area: 'Planes',
    id: scope === 'Namespaced' ? id : id.replace('Plane', 'ClusterPlane'),
    path: `${PREFIX[scope]}${part ?? ''}`,
    parameters: [...IDENTITY[scope], ...parameters],
  }));
}

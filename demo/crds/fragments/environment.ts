import type { KindDefinition } from '@/demo/crds/definition';
import { boolean, object, required, string } from '@/demo/crds/schema';

const names = {
  kind: 'Environment',
  plural: 'environments',
  singular: 'environment',
  shortNames: ['env', 'envs'],
  scope: 'Namespaced',
  description: 'An environment that applications are deployed to, on a data plane.',
} as const;
const isProduction = boolean('Whether this environment serves production.');
const status = object({});
const IMMUTABLE = 'dataPlaneRef is immutable once set';

/** Up to 0.14 the data plane was named by a plain string; from 0.4 on it cannot be changed. */
export function environmentByName({ immutable }: { immutable: boolean }): KindDefinition {
  const rule =
    '!has(oldSelf.dataPlaneRef) || size(oldSelf.dataPlaneRef) == 0 || oldSelf.dataPlaneRef == self.dataPlaneRef';
  return {
    ...names,
    spec: object(
      { dataPlaneRef: string('Name of the data plane.'), isProduction },
      undefined,
      immutable ? { 'x-kubernetes-validations': [{ rule, message: IMMUTABLE }] } : {},
    ),
    status,
  };
}

/** From 0.15 on the reference says kind and name. */
export function environmentByReference(): KindDefinition {
  const rule = '!has(oldSelf.dataPlaneRef) || oldSelf.dataPlaneRef == self.dataPlaneRef';
  return {
    ...names,
    spec: object(
      {
        dataPlaneRef: object(
          {
            kind: required(string('Kind of the data plane.', { enum: ['DataPlane', 'ClusterDataPlane'] })),
            name: required(string('Name of the data plane.')),
          },
          'The data plane. Where it is absent, the one named "default" is used.',
        ),
        isProduction,
      },
      undefined,
      { 'x-kubernetes-validations': [{ rule, message: IMMUTABLE }] },
    ),
    status,
  };
}

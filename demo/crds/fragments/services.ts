import { array, type Field, object, required, string } from '@/demo/crds/schema';
import { NAME_PATTERN } from './agent';

/** Release 0.3: the registry that images are pulled from. */
export function registry(): Field {
  return required(
    object(
      {
        prefix: required(string('Domain and namespace of the registry, such as docker.io/namespace.')),
        secretRef: string("Name of the Secret with the registry's credentials."),
      },
      'Container registry to pull images from.',
    ),
  );
}

/** Up to release 0.8: the service that provides logs and metrics. */
export function observer(): Field {
  return object(
    {
      url: required(string('Base URL of the Observer API.')),
      authentication: required(
        object(
          {
            basicAuth: required(
              object(
                {
                  username: required(string('User name.')),
                  password: required(string('Password.')),
                },
                'User name and password.',
              ),
            ),
          },
          'Authentication to the Observer API.',
        ),
      ),
    },
    'Observer API for logs and metrics.',
  );
}

/** The secret store of External Secrets Operator in the plane's cluster. */
export function secretStoreRef(): Field {
  return object(
    { name: required(string("Name of the ClusterSecretStore in the plane's cluster.")) },
    'External Secrets ClusterSecretStore of this plane.',
  );
}

/** Up to release 0.16: the references to the credentials for pulling images. */
export function imagePullSecretRefs(): Field {
  return array({ type: 'string' }, 'Names of SecretReference resources for pulling images.');
}

/** The observability plane of a namespaced plane, of either scope. */
export function observabilityPlaneRef(): Field {
  return object(
    {
      kind: required(
        string('Kind of the observability plane.', {
          enum: ['ObservabilityPlane', 'ClusterObservabilityPlane'],
        }),
      ),
      name: required(referenceName()),
    },
    'Observability plane for logs and metrics. Defaults to the one named "default".',
  );
}

/** A cluster-scoped plane can only refer to a cluster-scoped one. */
export function clusterObservabilityPlaneRef(kind: string): Field {
  return object(
    {
      kind: required(
        string('Kind of the observability plane. Must be cluster-scoped.', {
          enum: ['ClusterObservabilityPlane'],
        }),
      ),
      name: required(referenceName()),
    },
    'Observability plane for logs and metrics. Defaults to the one named "default".',
    {
      'x-kubernetes-validations': [
        {
          rule: "!has(self.kind) || self.kind == 'ClusterObservabilityPlane'",
          message: `${kind} can only reference ClusterObservabilityPlane`,
        },
      ],
    },
  );
}

function referenceName(): Field {
  return string('Name of the observability plane.', { minLength: 1, maxLength: 63, pattern: NAME_PATTERN });
}

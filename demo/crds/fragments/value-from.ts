import { type Field, object, required, string } from '@/demo/crds/schema';

/** The name under which a ValueFrom refers to a Secret's key: it changed in release 1.0. */
export type SecretField = 'secretRef' | 'secretKeyRef';

/** Text given inline or taken from a key of a Secret. */
export function valueFrom(secretField: SecretField, description: string): Field {
  return object(
    {
      [secretField]: object(
        {
          name: required(string('Name of the Secret.')),
          namespace: string(
            'Namespace of the Secret: by default that of the resource; a cluster-scoped resource has to name it.',
          ),
          key: required(string('Key within the Secret.')),
        },
        'A key of a Secret that holds the value. An inline value wins over it, where both are given.',
      ),
      value: string('The value itself. Not for anything that has to stay secret.'),
    },
    description,
  );
}

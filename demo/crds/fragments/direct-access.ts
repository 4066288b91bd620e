import { type Field, object, required, string, valueFrom } from '@/demo/crds/schema';

/** Release 0.3: base64-encoded credentials in the resource itself. */
export function inlineCluster(): Field {
  return required(
    object(
      {
        name: required(string('Name of the Kubernetes cluster.')),
        credentials: required(
          object(
            {
              apiServerURL: required(string('URL of the Kubernetes API server.')),
              caCert: required(string('CA certificate, base64-encoded PEM.')),
              clientCert: required(string('Client certificate, base64-encoded PEM.')),
              clientKey: required(string('Private key of the client, base64-encoded PEM.')),
            },
            'How the control plane signs in to the cluster.',
          ),
        ),
      },
      'The Kubernetes cluster that this plane stands for.',
    ),
  );
}

/** Releases 0.6 to 0.8: each piece inline or in a Secret, and a choice of client certificate or token. */
export function directCluster(): Field {
  return object(
    {
      server: required(string('URL of the Kubernetes API server.')),
      tls: required(
        object(
          { ca: required(valueFrom('secretRef', 'CA certificate of the API server.')) },
          'How the API server proves who it is.',
        ),
      ),
      auth: required(
        object(
          {
            mtls: object(
              {
                clientCert: required(valueFrom('secretRef', 'Client certificate.')),
                clientKey: required(valueFrom('secretRef', 'Private key of the client.')),
              },
              'Sign-in with a client certificate.',
            ),
            bearerToken: valueFrom('secretRef', 'Sign-in with a bearer token.'),
          },
          'How the control plane signs in: a client certificate or a bearer token.',
        ),
      ),
    },
    'The Kubernetes cluster, for direct access. Not needed when the agent is enabled.',
  );
}

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
              clientKey: required(string('Client private key, base64-encoded PEM.')),
            },
            'Credentials that the control plane uses to access the cluster.',
          ),
        ),
      },
      'Kubernetes cluster that this plane represents.',
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
          'TLS verification of the API server.',
        ),
      ),
      auth: required(
        object(
          {
            mtls: object(
              {
                clientCert: required(valueFrom('secretRef', 'Client certificate.')),
                clientKey: required(valueFrom('secretRef', 'Client private key.')),
              },
              'Authentication with a client certificate.',
            ),
            bearerToken: valueFrom('secretRef', 'Authentication with a bearer token.'),
          },
          'Authentication to the cluster: a client certificate or a bearer token.',
        ),
      ),
    },
    'Kubernetes cluster for direct access. Not needed if the agent is enabled.',
  );
}

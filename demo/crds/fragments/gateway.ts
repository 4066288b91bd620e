import { type Field, integer, object, required, string } from '@/demo/crds/schema';

const PORT = { format: 'int32', minimum: 1, maximum: 65535 } as const;

/** Up to release 0.7: two virtual hosts. */
export function virtualHostGateway(): Field {
  return required(
    object(
      {
        publicVirtualHost: required(string('Virtual host for traffic from outside.')),
        organizationVirtualHost: required(string("Virtual host for the organisation's own traffic.")),
      },
      'The API gateway of this plane.',
    ),
  );
}

/** Releases 0.9 to 0.16: virtual hosts, and the names and ports of the gateways. */
export function portGateway(): Field {
  const name = { default: 'gateway-default' };
  const namespace = { default: 'openchoreo-data-plane' };
  const port = (value: number) => ({ format: 'int32', default: value }) as const;
  return required(
    object(
      {
        publicVirtualHost: required(string('Virtual host for traffic from outside.')),
        organizationVirtualHost: string("Virtual host for the organisation's own traffic."),
        publicHTTPPort: integer('HTTP port for traffic from outside.', port(19080)),
        publicHTTPSPort: integer('HTTPS port for traffic from outside.', port(19443)),
        organizationHTTPPort: integer("HTTP port for the organisation's own traffic.", port(19081)),
        organizationHTTPSPort: integer("HTTPS port for the organisation's own traffic.", port(19444)),
        publicGatewayName: string('Name of the Gateway for traffic from outside.', name),
        publicGatewayNamespace: string('Namespace of the Gateway for traffic from outside.', namespace),
        organizationGatewayName: string("Name of the Gateway for the organisation's own traffic.", name),
        organizationGatewayNamespace: string(
          "Namespace of the Gateway for the organisation's own traffic.",
          namespace,
        ),
      },
      'The API gateway of this plane.',
    ),
  );
}

/** Release 0.17 and later: ingress and egress, each external and internal. */
export function directionalGateway(): Field {
  return object(
    { ingress: direction('coming into the plane'), egress: direction('leaving the plane') },
    'The API gateways of this plane.',
  );
}

function direction(what: string): Field {
  return object(
    {
      external: endpoint(`Gateway for traffic ${what} from or to the outside.`),
      internal: endpoint(`Gateway for traffic ${what} within the organisation.`),
    },
    `Gateways for traffic ${what}.`,
  );
}

function endpoint(description: string): Field {
  return object(
    {
      name: required(string('Name of the Gateway.')),
      namespace: required(string('Namespace of the Gateway.')),
      http: listener('HTTP'),
      https: listener('HTTPS'),
      tls: listener('TLS passthrough'),
    },
    description,
  );
}

function listener(protocol: string): Field {
  return object(
    {
      host: required(string('Host name under which the listener is reached.')),
      port: required(integer('Port of the listener.', PORT)),
      listenerName: string('Name of the listener within the Gateway.'),
    },
    `The ${protocol} listener.`,
  );
}

import { type Field, integer, object, required, string } from '@/demo/crds/schema';

const PORT = { format: 'int32', minimum: 1, maximum: 65535 } as const;

/** Up to release 0.7: two virtual hosts. */
export function virtualHostGateway(): Field {
  return required(
    object(
      {
        publicVirtualHost: required(string('Virtual host for external traffic.')),
        organizationVirtualHost: required(string('Virtual host for traffic within the organization.')),
      },
      'API gateway of this plane.',
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
        publicVirtualHost: required(string('Virtual host for external traffic.')),
        organizationVirtualHost: string('Virtual host for traffic within the organization.'),
        publicHTTPPort: integer('HTTP port for external traffic.', port(19080)),
        publicHTTPSPort: integer('HTTPS port for external traffic.', port(19443)),
        organizationHTTPPort: integer('HTTP port for traffic within the organization.', port(19081)),
        organizationHTTPSPort: integer('HTTPS port for traffic within the organization.', port(19444)),
        publicGatewayName: string('Name of the Gateway for external traffic.', name),
        publicGatewayNamespace: string('Namespace of the Gateway for external traffic.', namespace),
        organizationGatewayName: string('Name of the Gateway for traffic within the organization.', name),
        organizationGatewayNamespace: string(
          'Namespace of the Gateway for traffic within the organization.',
          namespace,
        ),
      },
      'API gateway of this plane.',
    ),
  );
}

/** Release 0.17 and later: ingress and egress, each external and internal. */
export function directionalGateway(): Field {
  return object(
    { ingress: direction('ingress'), egress: direction('egress') },
    'API gateways of this plane.',
  );
}

function direction(traffic: string): Field {
  return object(
    {
      external: endpoint(`Gateway for external ${traffic} traffic.`),
      internal: endpoint(`Gateway for ${traffic} traffic within the organization.`),
    },
    `Gateways for ${traffic} traffic.`,
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
      host: required(string('Host name of the listener.')),
      port: required(integer('Port of the listener.', PORT)),
      listenerName: string('Name of the listener in the Gateway.'),
    },
    `${protocol} listener.`,
  );
}

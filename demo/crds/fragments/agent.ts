import {
  boolean,
  type Field,
  object,
  required,
  type SecretField,
  string,
  valueFrom,
} from '@/demo/crds/schema';

const CLIENT_CA = "The CA certificate, PEM, that verifies the agent's client certificate.";
export const NAME_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** `clusterAgent` of release 0.9 and later: every plane has an agent. */
export function clusterAgent(secretField: SecretField): Field {
  return required(
    object(
      { clientCA: required(valueFrom(secretField, CLIENT_CA)) },
      "How the agent in the plane's cluster proves who it is to the cluster gateway.",
    ),
  );
}

/** `agent` of releases 0.6 to 0.8, the alternative to direct access. */
export function optionalAgent(): Field {
  return object(
    {
      enabled: boolean('Whether the control plane talks to this cluster through an agent.'),
      clientCA: valueFrom('secretRef', CLIENT_CA),
    },
    'An agent in the cluster that dials in, instead of the control plane calling the cluster.',
  );
}

/** `planeID` of release 0.9 and later. */
export function planeId(): Field {
  return string(
    "Names the physical cluster: it must equal the agent's planeID. Several planes of one role may share it. The name of the resource where it is absent.",
    { maxLength: 63, pattern: NAME_PATTERN },
  );
}

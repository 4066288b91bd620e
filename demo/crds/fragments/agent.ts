import {
  boolean,
  type Field,
  object,
  required,
  type SecretField,
  string,
  valueFrom,
} from '@/demo/crds/schema';

const CLIENT_CA = "CA certificate (PEM) that verifies the agent's client certificate.";
export const NAME_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** `clusterAgent` of release 0.9 and later: every plane has an agent. */
export function clusterAgent(secretField: SecretField): Field {
  return required(
    object(
      { clientCA: required(valueFrom(secretField, CLIENT_CA)) },
      "Authentication of the plane's agent to the cluster gateway.",
    ),
  );
}

/** `agent` of releases 0.6 to 0.8, the alternative to direct access. */
export function optionalAgent(): Field {
  return object(
    {
      enabled: boolean('Whether the control plane reaches this cluster through an agent.'),
      clientCA: valueFrom('secretRef', CLIENT_CA),
    },
    'Agent in the cluster that connects to the control plane, instead of direct access to the cluster.',
  );
}

/** `planeID` of release 0.9 and later. */
export function planeId(): Field {
  return string(
    "Identifies the physical cluster. Must match the agent's planeID; planes of one role can share it. Defaults to the name of the resource.",
    { maxLength: 63, pattern: NAME_PATTERN },
  );
}

import {
  array,
  boolean,
  type Field,
  integer,
  object,
  objectSchema,
  required,
  string,
  time,
} from '@/demo/crds/schema';

/** The complete metav1.Condition: the API server prunes fields that aren't in the schema. */
const condition = objectSchema(
  {
    type: required(
      string('Type of the condition, CamelCase or prefixed with a domain.', {
        maxLength: 316,
        pattern:
          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
      }),
    ),
    status: required(
      string('Status of the condition: True, False or Unknown.', { enum: ['True', 'False', 'Unknown'] }),
    ),
    observedGeneration: integer('Generation of the resource that the condition is based on.', {
      format: 'int64',
      minimum: 0,
    }),
    lastTransitionTime: required(time('Time of the last change of status.')),
    reason: required(
      string('Reason for the last change, as one CamelCase word.', {
        maxLength: 1024,
        minLength: 1,
        pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      }),
    ),
    message: required(string('Human-readable details of the change.', { maxLength: 32768 })),
  },
  'One aspect of the observed state.',
);

const agentConnection = object(
  {
    connected: required(boolean('Whether any agent is connected.')),
    connectedAgents: required(integer('Number of connected agents.')),
    lastConnectedTime: time('Time at which the controller last noticed an agent connecting.'),
    lastDisconnectedTime: time('Time at which the controller noticed that the last agent had disconnected.'),
    lastHeartbeatTime: time('Time of the last heartbeat of any agent.'),
    message: string('Details of the connection.'),
  },
  'Agents of this plane, as reported by the cluster gateway.',
);

/** Cluster kinds declare their conditions as a map by type, namespaced kinds as a plain list. */
export interface StatusOptions {
  readonly conditionsAreMap?: boolean;
  readonly reportsAgent?: boolean;
}

/** The status of a plane. */
export function planeStatus({ conditionsAreMap, reportsAgent }: StatusOptions): Field {
  return object(
    {
      observedGeneration: integer('Generation that the controller has observed.', { format: 'int64' }),
      conditions: array(
        condition,
        'Conditions of the plane, as reported by its controller.',
        conditionsAreMap ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] } : {},
      ),
      ...(reportsAgent ? { agentConnection } : {}),
    },
    'Observed state of the plane.',
  );
}

/** A status without fields, as build planes have it up to release 0.7. */
export function emptyStatus(): Field {
  return object({}, 'Empty: this release reports no status.');
}

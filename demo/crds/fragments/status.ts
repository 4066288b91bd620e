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
    observedGeneration: integer('The generation of the resource that the condition was set upon.', {
      format: 'int64',
      minimum: 0,
    }),
    lastTransitionTime: required(time('When the condition last changed from one status to another.')),
    reason: required(
      string('Why the condition last changed, one CamelCase word.', {
        maxLength: 1024,
        minLength: 1,
        pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      }),
    ),
    message: required(string('Details of the change, for people.', { maxLength: 32768 })),
  },
  'One aspect of the current state.',
);

const agentConnection = object(
  {
    connected: required(boolean('Whether any agent is connected.')),
    connectedAgents: required(integer('How many agents are connected.')),
    lastConnectedTime: time('When an agent was last noticed to have connected.'),
    lastDisconnectedTime: time('When the last agent was noticed to be gone.'),
    lastHeartbeatTime: time('When the control plane last heard anything from an agent.'),
    message: string('More about the connection.'),
  },
  'The agents of this plane, as the cluster gateway sees them.',
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
      observedGeneration: integer('The generation that the controller has seen.', { format: 'int64' }),
      conditions: array(
        condition,
        'What the controller says about the plane.',
        conditionsAreMap ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] } : {},
      ),
      ...(reportsAgent ? { agentConnection } : {}),
    },
    'The state of the plane, as far as the controllers have observed it.',
  );
}

/** A status without fields, as build planes have it up to release 0.7. */
export function emptyStatus(): Field {
  return object({}, 'Nothing is reported.');
}

import { z } from '@/lib/zod';
import { PLANE_KINDS, type PlaneKindName, type PlanePlural } from './kinds';

/** Planned work on a plane, as sent to browsers. Separate from its rules, which run in the browser without zod. */
export const maintenanceSchema = z.object({
  /** RFC 3339, in UTC. */
  until: z.string(),
  reason: z.string().optional(),
});

/**
 * The one model of a plane, for every kind and release. It is also the slim row that the server keeps in memory and
 * sends to browsers, so it holds no spec, no secrets and no managed fields.
 */

const kindNames = PLANE_KINDS.map((entry) => entry.kind) as [PlaneKindName, ...PlaneKindName[]];
const plurals = PLANE_KINDS.map((entry) => entry.plural) as [PlanePlural, ...PlanePlural[]];

/** The names of a plane's kind, for wire contracts that don't carry a whole plane. */
export const planeKindSchema = z.object({ kind: z.enum(kindNames), plural: z.enum(plurals) });

/** RFC 3339 time in UTC, as the API server writes it. */
const time = z.string();

/** A metav1.Condition. The status Unknown counts as neither met nor failed. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: time.optional(),
  observedGeneration: z.number().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** `status.agentConnection` with the API's own field names: the controller's copy of the gateway's view. */
export const agentConnectionSchema = z.object({
  connected: z.boolean(),
  connectedAgents: z.number(),
  lastConnectedTime: time.optional(),
  lastDisconnectedTime: time.optional(),
  lastHeartbeatTime: time.optional(),
  message: z.string().optional(),
});
export type AgentConnection = z.infer<typeof agentConnectionSchema>;

/** A reference from one plane to another. It has no namespace: a namespaced reference stays in the plane's own. */
export const planeRefSchema = z.object({ kind: z.string(), name: z.string() });
export type PlaneRef = z.infer<typeof planeRefSchema>;

/** How the control plane reaches this plane's cluster. `direct` planes have no agent, so nothing measures them. */
export const CONNECTIONS = ['agent', 'direct'] as const;

export const planeSchema = z.object({
  kind: z.enum(kindNames),
  plural: z.enum(plurals),
  /** Absent on cluster-wide kinds. */
  namespace: z.string().optional(),
  name: z.string(),
  uid: z.string(),
  /** Opaque: compare for equality only. */
  resourceVersion: z.string(),
  /** Annotation `openchoreo.dev/display-name`. */
  displayName: z.string().optional(),
  /** Annotation `openchoreo.dev/description`. */
  description: z.string().optional(),
  /** Annotation `planeboard.openchoreo.dev/owner`: whom to call. */
  owner: z.string().optional(),
  /** Annotation `planeboard.openchoreo.dev/runbook-url`; always an http(s) address without credentials. */
  runbookUrl: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  /**
   * `spec.planeID`. Defaults to the name if the release has the field; null if it doesn't or the field couldn't be
   * read.
   */
  planeID: z.string().nullable(),
  connection: z.enum(CONNECTIONS),
  /** Whether the served schema has `status.agentConnection` (0.12 and later). */
  reportsAgent: z.boolean(),
  /** True if the kind's schema couldn't be read, so features the release lacks are unknown. Absent otherwise. */
  schemaUnknown: z.literal(true).optional(),
  /** True if the kind's schema is from before the known agent charts, so it's unknown when they renew certificates. */
  chartsUnknown: z.literal(true).optional(),
  agent: agentConnectionSchema.optional(),
  conditions: z.array(conditionSchema),
  generation: z.number(),
  observedGeneration: z.number().optional(),
  createdAt: time,
  /** The last change to the spec according to managedFields; absent if they don't say. */
  specChangedAt: time.optional(),
  /**
   * When the first change that the controller hasn't observed was made, at the latest. Absent if that's the last change,
   * as far as Planeboard saw, or if all are observed.
   */
  unobservedSince: time.optional(),
  deletingSince: time.optional(),
  /** When Planeboard last made the controller reconcile it; absent if never. */
  refreshedAt: time.optional(),
  observabilityPlaneRef: planeRefSchema.optional(),
  /** Planned work, past or current; `activeMaintenance` returns whether it is current. */
  maintenance: maintenanceSchema.optional(),
  /** Sentences about what couldn't be read. If there are any, only the plane's identity can be trusted. */
  unreadable: z.array(z.string()).optional(),
});
export type Plane = z.infer<typeof planeSchema>;

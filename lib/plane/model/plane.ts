import { z } from '@/lib/zod';
import { PLANE_KINDS, type PlaneKindName, type PlanePlural } from './kinds';

/** Planned work on a plane, as it travels; apart from its rules, which run in the browser without zod. */
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

/** The names of a plane's kind, for wire contracts that carry no whole plane. */
export const planeKindSchema = z.object({ kind: z.enum(kindNames), plural: z.enum(plurals) });

/** RFC 3339 time in UTC, as the API server writes it. */
const time = z.string();

/** A metav1.Condition; a condition of status Unknown counts as neither met nor failed. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: time.optional(),
  observedGeneration: z.number().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** `status.agentConnection`, with the API's own names: the controller's copy of the gateway's view. */
export const agentConnectionSchema = z.object({
  connected: z.boolean(),
  connectedAgents: z.number(),
  lastConnectedTime: time.optional(),
  lastDisconnectedTime: time.optional(),
  lastHeartbeatTime: time.optional(),
  message: z.string().optional(),
});
export type AgentConnection = z.infer<typeof agentConnectionSchema>;

/** A reference from one plane to another; no namespace, because a namespaced reference stays in its own namespace. */
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
  /** Compare for equality only: it is opaque. */
  resourceVersion: z.string(),
  /** Annotation `openchoreo.dev/display-name`. */
  displayName: z.string().optional(),
  /** Annotation `openchoreo.dev/description`. */
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  /** `spec.planeID`, else the name where the release has the field; null where it has none or it could not be read. */
  planeID: z.string().nullable(),
  connection: z.enum(CONNECTIONS),
  /** Whether the served schema has `status.agentConnection` (0.12 and later). */
  reportsAgent: z.boolean(),
  /** True when the kind's schema could not be read: what the release lacks is not known then. Absent otherwise. */
  schemaUnknown: z.literal(true).optional(),
  agent: agentConnectionSchema.optional(),
  conditions: z.array(conditionSchema),
  generation: z.number(),
  observedGeneration: z.number().optional(),
  createdAt: time,
  /** When somebody last changed the spec, as managedFields tell; absent when they don't. */
  specChangedAt: time.optional(),
  deletingSince: time.optional(),
  observabilityPlaneRef: planeRefSchema.optional(),
  /** Planned work, over or not: `activeMaintenance` says whether it lasts. */
  maintenance: maintenanceSchema.optional(),
  /** Sentences about what could not be read; non-empty means that no other field but the identity can be trusted. */
  unreadable: z.array(z.string()).optional(),
});
export type Plane = z.infer<typeof planeSchema>;

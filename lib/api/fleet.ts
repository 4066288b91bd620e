import { API_SERVER_STATES, SOURCE_STATES } from '@/lib/plane/fleet/source-state';
import { healthSchema, incidentSchema } from '@/lib/plane/health/health';
import { healthLimitsSchema, planeFactsSchema } from '@/lib/plane/health/health-facts';
import { planeSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/** A plane as it travels: the slim row, the facts found about it, and its health at `serverTime`. */
export const fleetPlaneSchema = planeSchema.extend({ facts: planeFactsSchema, health: healthSchema });
export type FleetPlane = z.infer<typeof fleetPlaneSchema>;

/** What the server knows of one plane kind. */
export const sourceSchema = z.object({
  plural: z.string(),
  state: z.enum(SOURCE_STATES),
  /** Last proven contact, RFC 3339 on the API server's clock; null: never. */
  lastContactAt: z.string().nullable(),
  /** What went wrong, in a sentence without secrets. */
  problem: z.string().optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/** What the server knows of the API server as a whole. */
export const apiServerSchema = z.object({
  state: z.enum(API_SERVER_STATES),
  lastContactAt: z.string().nullable(),
  /** What went wrong, in a sentence without secrets; while `reachable`: why what is installed is not fully known. */
  problem: z.string().optional(),
});
export type ApiServer = z.infer<typeof apiServerSchema>;

/** `GET /api/planes` and the stream's `snapshot`. */
export const fleetSnapshotSchema = z.object({
  /** The API server's clock when this was made, RFC 3339 with milliseconds. */
  serverTime: z.string(),
  revision: z.number(),
  /** Changes with every start of the server: revisions of different epochs cannot be compared. */
  epoch: z.string(),
  installation: z.string(),
  limits: healthLimitsSchema,
  apiServer: apiServerSchema,
  sources: z.array(sourceSchema),
  incidents: z.array(incidentSchema),
  planes: z.array(fleetPlaneSchema),
});
export type FleetSnapshot = z.infer<typeof fleetSnapshotSchema>;

/** The stream's `changes`. A right that is lost is a delete. `sources`, `incidents` and `apiServer` replace as a whole. */
export const fleetChangesSchema = z.object({
  serverTime: z.string(),
  revision: z.number(),
  upserts: z.array(fleetPlaneSchema),
  deletes: z.array(z.string()),
  /**
   * Only for readers that ask with `?heartbeats=compact`: planes of which nothing but the heartbeat moved, as uid,
   * lastHeartbeatTime and resourceVersion. Without the question they are whole planes among the upserts.
   */
  heartbeats: z.array(z.tuple([z.string(), z.string().nullable(), z.string()])).optional(),
  apiServer: apiServerSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  incidents: z.array(incidentSchema).optional(),
});
export type FleetChanges = z.infer<typeof fleetChangesSchema>;

/** The stream's `keepalive`: the server is alive, and when it last had contact with the API server. */
export const keepaliveSchema = z.object({
  serverTime: z.string(),
  apiServer: apiServerSchema,
  sources: z.array(sourceSchema),
});
export type Keepalive = z.infer<typeof keepaliveSchema>;

/** `GET /api/planes/<plural>/[<namespace>/]<name>`: one plane with its spec, secrets masked. */
export const planeDetailSchema = z.object({
  serverTime: z.string(),
  plane: fleetPlaneSchema,
  /** Without `last-applied-configuration`. */
  annotations: z.record(z.string(), z.string()),
  finalizers: z.array(z.string()),
  /** The spec with every secret replaced by a mask; null when the resource has none. */
  spec: z.unknown(),
  /** Paths of what was masked, such as `['spec','kubernetesCluster','credentials','clientKey']`. */
  masked: z.array(z.array(z.union([z.string(), z.number()])).readonly()),
  /** The object as the API server has it, as YAML: without managedFields and last-applied, secrets masked. */
  yaml: z.string(),
});
export type PlaneDetail = z.infer<typeof planeDetailSchema>;

import { API_SERVER_STATES, SOURCE_STATES } from '@/lib/plane/fleet/source-state';
import { controlPlaneSchema } from '@/lib/plane/health/gateway-certificates';
import { healthSchema, incidentSchema } from '@/lib/plane/health/health';
import { healthLimitsSchema, heartbeatGapSchema, planeFactsSchema } from '@/lib/plane/health/health-facts';
import { planeSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/** A plane as the API sends it: the slim row, its facts, and its health at `serverTime`. */
const fleetPlaneSchema = planeSchema.extend({ facts: planeFactsSchema, health: healthSchema });
export type FleetPlane = z.infer<typeof fleetPlaneSchema>;

/** What the server knows about the planes of a kind in one namespace. */
export const namespaceSourceSchema = z.object({
  namespace: z.string(),
  state: z.enum(SOURCE_STATES),
  lastContactAt: z.string().nullable(),
  problem: z.string().optional(),
  /** Present if you may see only some planes of the namespace. */
  partial: z.literal(true).optional(),
});
export type NamespaceSource = z.infer<typeof namespaceSourceSchema>;

/** What the server knows about one plane kind. */
export const sourceSchema = z.object({
  plural: z.string(),
  state: z.enum(SOURCE_STATES),
  /**
   * When a list or its own watch last proved that its planes are current, RFC 3339 on the API server's clock; null: never.
   */
  lastContactAt: z.string().nullable(),
  /** What went wrong, in a sentence without secrets. */
  problem: z.string().optional(),
  /** Present if only some planes of this kind can be seen, by you or by Planeboard, so others may exist. */
  partial: z.literal(true).optional(),
  /**
   * Present if Planeboard watches only some namespaces: those that you may see. `state` is that of the worst that can be
   * read, and `lastContactAt` the oldest contact with one of them.
   */
  namespaces: z.array(namespaceSourceSchema).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/** What the server knows about the API server as a whole. */
export const apiServerSchema = z.object({
  state: z.enum(API_SERVER_STATES),
  /** When it last answered anything, which proves nothing about the planes; null: never. */
  lastContactAt: z.string().nullable(),
  /** What went wrong, in a sentence without secrets. In state `reachable`: why the catalog is incomplete. */
  problem: z.string().optional(),
});
export type ApiServer = z.infer<typeof apiServerSchema>;

/** `GET /api/planes` and the stream's `snapshot`. */
export const fleetSnapshotSchema = z.object({
  /** The API server's time when this snapshot was taken, RFC 3339 with milliseconds. */
  serverTime: z.string(),
  revision: z.number(),
  /** Changes each time the server starts. Revisions of different epochs can't be compared. */
  epoch: z.string(),
  installation: z.string(),
  limits: healthLimitsSchema,
  apiServer: apiServerSchema,
  sources: z.array(sourceSchema),
  incidents: z.array(incidentSchema),
  controlPlane: controlPlaneSchema,
  planes: z.array(fleetPlaneSchema),
});
export type FleetSnapshot = z.infer<typeof fleetSnapshotSchema>;

/**
 * The stream's `changes`. A plane that the caller may no longer see is among the `deletes`. `sources`, `incidents`,
 * `controlPlane` and `apiServer` replace the previous value as a whole.
 */
export const fleetChangesSchema = z.object({
  serverTime: z.string(),
  revision: z.number(),
  upserts: z.array(fleetPlaneSchema),
  deletes: z.array(z.string()),
  /**
   * Planes in which only the heartbeat changed, as uid, lastHeartbeatTime, resourceVersion and the fact `heartbeatGap`
   * if there is one. Only readers that ask with `?heartbeats=compact` get them; others get whole planes among the
   * upserts.
   */
  heartbeats: z
    .array(z.tuple([z.string(), z.string().nullable(), z.string(), heartbeatGapSchema.optional()]))
    .optional(),
  apiServer: apiServerSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  incidents: z.array(incidentSchema).optional(),
  controlPlane: controlPlaneSchema.optional(),
});
export type FleetChanges = z.infer<typeof fleetChangesSchema>;

/** The stream's `keepalive`: shows that the server is alive and when it last reached the API server. */
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
  /** Without copies of the resource such as `last-applied-configuration`, and without `hiddenAnnotations`. */
  annotations: z.record(z.string(), z.string()),
  /** Annotations whose values are data, not texts. `.../annotations?name=` returns one of them, secrets masked. */
  hiddenAnnotations: z.array(z.object({ name: z.string(), bytes: z.number() })),
  finalizers: z.array(z.string()),
  /** The spec with every secret masked; null when the resource has none. */
  spec: z.unknown(),
  /** Paths of the masked values, such as `['spec','kubernetesCluster','credentials','clientKey']`. */
  masked: z.array(z.array(z.union([z.string(), z.number()])).readonly()),
  /** Paths of values that are the schema's defaults, such as `['spec','gateway','publicHTTPPort']`. */
  defaults: z.array(z.array(z.string()).readonly()),
  /** The API server's object as YAML, without managedFields and last-applied, secrets masked. */
  yaml: z.string(),
  /** YAML to apply again: without what the API server, controllers and Planeboard maintain. Comments name masks. */
  manifest: z.string(),
  /** The number of masked secrets in `manifest`. The API server rejects it until they are replaced. */
  manifestSecrets: z.number(),
});
export type PlaneDetail = z.infer<typeof planeDetailSchema>;

/** `GET /api/planes/<plural>/[<namespace>/]<name>/annotations?name=<name>`: a hidden annotation, secrets masked. */
export const hiddenAnnotationSchema = z.object({ text: z.string() });
export type HiddenAnnotationText = z.infer<typeof hiddenAnnotationSchema>;

import { healthSchema, incidentSchema } from '@/lib/plane/health/health';
import { ROLES } from '@/lib/plane/model/kinds';
import { maintenanceSchema, planeKindSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';
import { apiServerSchema, keepaliveSchema, sourceSchema } from './fleet';

/** Since when a plane is in its state. `exact` when a resource tells; else it is at least that long, as this server saw it. */
export const wallSinceSchema = z.object({ at: z.string(), exact: z.boolean() });

/** All that a wall shows of a plane, and nothing else: no spec, no annotation but the display name. */
export const wallPlaneSchema = z.object({
  uid: z.string(),
  kind: planeKindSchema.shape.kind,
  role: z.enum(ROLES),
  namespace: z.string().optional(),
  name: z.string(),
  displayName: z.string().optional(),
  health: healthSchema,
  since: wallSinceSchema,
  connectedAgents: z.number().nullable(),
  lastHeartbeatTime: z.string().nullable(),
  maintenance: maintenanceSchema.optional(),
  /** The value of the label that this wall groups by; absent when it has none or the wall groups by something else. */
  group: z.string().optional(),
});
export type WallPlane = z.infer<typeof wallPlaneSchema>;

/** What a token narrows a wall to; an empty list narrows nothing. */
export const wallLimitsSchema = z.object({
  kinds: z.array(z.string()),
  roles: z.array(z.string()),
  namespaces: z.array(z.string()),
});
export type WallLimits = z.infer<typeof wallLimitsSchema>;

/** `GET /wall/data`, `GET /api/wall-preview` for who sets a wall up, and the frame `wall` of `GET /wall/stream` whenever anything in it changes, at most once a second. */
export const wallFrameSchema = z.object({
  serverTime: z.string(),
  /** Changes with every start of the server. */
  epoch: z.string(),
  /** Of the running version: another one than the page's own means that the server was upgraded. */
  build: z.string(),
  installation: z.string(),
  apiServer: apiServerSchema,
  sources: z.array(sourceSchema),
  incidents: z.array(incidentSchema),
  planes: z.array(wallPlaneSchema),
});
export type WallFrame = z.infer<typeof wallFrameSchema>;

/** The stream's `keepalive`. A frame `revoked` ends the stream: the token of this wall is no longer valid. */
export const wallKeepaliveSchema = keepaliveSchema.extend({ build: z.string() });
export type WallKeepalive = z.infer<typeof wallKeepaliveSchema>;

/** `GET /api/wall-tokens`: never the token itself, which is known to nobody after it was made. */
export const wallTokensSchema = z.object({
  /** How walls are let in. */
  mode: z.enum(['off', 'token', 'open']),
  /** `not-visible`: the caller may not read the ConfigMap. */
  state: z.enum(['listed', 'not-visible']),
  /** Whether the caller may make and revoke tokens. */
  mayChange: z.boolean(),
  /** The right that the caller lacks to read or to change them, in a sentence; null: none, or it is not for lack of it. */
  missingRight: z.string().nullable(),
  tokens: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      limits: wallLimitsSchema,
      createdAt: z.string(),
      createdBy: z.string().nullable(),
    }),
  ),
});
export type WallTokens = z.infer<typeof wallTokensSchema>;

/** `POST /api/wall-tokens`. */
export const newWallTokenSchema = z.object({
  title: z.string().trim().min(1).max(80),
  limits: wallLimitsSchema,
});

/** Its answer: the only time that the token is told. `DELETE /api/wall-tokens/<id>` revokes it. */
export const wallTokenAnswerSchema = z.object({ id: z.string(), token: z.string() });

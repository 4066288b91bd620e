import { controlPlaneFindingSchema } from '@/lib/plane/health/gateway-certificates';
import { healthSchema, incidentSchema } from '@/lib/plane/health/health';
import { ROLES } from '@/lib/plane/model/kinds';
import { maintenanceSchema, planeKindSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';
import { apiServerSchema, keepaliveSchema, sourceSchema } from './fleet';

/**
 * Since when a plane is in its state. `exact`: a resource reports the time. Otherwise it's the time this server first
 * saw the state, which may be older.
 */
const wallSinceSchema = z.object({ at: z.string(), exact: z.boolean() });

/** Everything that a wall shows of a plane: no spec, and no annotations except display name, owner and maintenance. */
export const wallPlaneSchema = z.object({
  uid: z.string(),
  kind: planeKindSchema.shape.kind,
  role: z.enum(ROLES),
  namespace: z.string().optional(),
  name: z.string(),
  displayName: z.string().optional(),
  owner: z.string().optional(),
  health: healthSchema,
  since: wallSinceSchema,
  connectedAgents: z.number().nullable(),
  lastHeartbeatTime: z.string().nullable(),
  maintenance: maintenanceSchema.optional(),
  /**
   * The value of the label that this wall groups by; absent when the plane lacks it or the wall groups by something
   * else.
   */
  group: z.string().optional(),
  /** The id of the incident in which the plane is lost. Absent if it's in none. */
  incident: z.string().optional(),
});
export type WallPlane = z.infer<typeof wallPlaneSchema>;

/**
 * What a token limits a wall to; an empty list limits nothing. Other fields are refused: a limit that isn't understood
 * must not widen a link.
 */
export const wallLimitsSchema = z.strictObject(
  { kinds: z.array(z.string()), roles: z.array(z.string()), namespaces: z.array(z.string()) },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Unknown limit: ${issue.keys.join(', ')}. A link can be limited by kinds, roles and namespaces.`
        : undefined,
  },
);
export type WallLimits = z.infer<typeof wallLimitsSchema>;

/**
 * `GET /wall/data`, `GET /api/wall-preview` (for the person who sets up a wall), and the `wall` frame of `GET
 * /wall/stream`, sent when anything in it changes, at most once a second.
 */
export const wallFrameSchema = z.object({
  serverTime: z.string(),
  /** Changes each time the server starts. */
  epoch: z.string(),
  /** The running build. If it differs from the page's own, the server was upgraded. */
  build: z.string(),
  installation: z.string(),
  apiServer: apiServerSchema,
  sources: z.array(sourceSchema),
  incidents: z.array(incidentSchema),
  /** Findings about the control plane, errors first. */
  controlPlane: z.array(
    controlPlaneFindingSchema.pick({
      code: true,
      severity: true,
      title: true,
      message: true,
      consequence: true,
    }),
  ),
  planes: z.array(wallPlaneSchema),
  /** The limits of the wall's link, so the wall can say what it shows. */
  limits: wallLimitsSchema,
  /**
   * The number of planes within these limits that the address leaves out and that need action now, and of those that
   * only its choice of states leaves out.
   */
  outside: z.object({ alarms: z.number(), byState: z.number() }),
});
export type WallFrame = z.infer<typeof wallFrameSchema>;

/** The stream's `keepalive`. A frame `revoked` ends the stream: the token of this wall is no longer valid. */
export const wallKeepaliveSchema = keepaliveSchema.extend({ build: z.string() });
export type WallKeepalive = z.infer<typeof wallKeepaliveSchema>;

/** `GET /api/wall-tokens`: never the token itself, which can't be read after its creation. */
export const wallTokensSchema = z.object({
  /** How screens are admitted. */
  mode: z.enum(['off', 'token', 'open']),
  /** `not-visible`: the caller may not read the ConfigMap. */
  state: z.enum(['listed', 'not-visible']),
  /** How long a new token lasts, in days. */
  lifeDays: z.number(),
  /** Whether the caller may create and revoke tokens. */
  mayChange: z.boolean(),
  /**
   * The right that the caller lacks to read or change tokens, in a sentence; null: none, or a right is not the
   * reason.
   */
  missingRight: z.string().nullable(),
  tokens: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      limits: wallLimitsSchema,
      createdAt: z.string(),
      createdBy: z.string().nullable(),
      endsAt: z.string(),
      /** When a screen with this link was last connected to this server; null: not since it started. */
      seenAt: z.string().nullable(),
      /** `not-authentic`: this server didn't create it so, and it grants nothing. */
      state: z.enum(['valid', 'ended', 'not-authentic']),
    }),
  ),
});
export type WallTokens = z.infer<typeof wallTokensSchema>;

/** `POST /api/wall-tokens`. */
export const newWallTokenSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  limits: wallLimitsSchema,
});

/**
 * The answer to a new token, and the only time that the token is shown. `DELETE /api/wall-tokens/<id>` revokes it.
 */
export const wallTokenAnswerSchema = z.object({ id: z.string(), token: z.string(), endsAt: z.string() });

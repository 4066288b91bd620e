import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { wallLimitsSchema } from '@/lib/api/wall';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { ObjectPlace } from '@/lib/server/kube/object-requests';
import { requestedObject } from '@/lib/server/kube/requested-object';
import { z } from '@/lib/zod';

/** The ConfigMap in the control plane's namespace that holds the tokens of all walls, for every replica. */
export const WALL_CONFIG_MAP = 'planeboard-wall';

/**
 * One token as stored, under its id as JSON in the ConfigMap's data: its hash, never the token itself. A field that
 * isn't known may restrict the token, so a token with one grants nothing.
 */
const storedTokenSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  title: z.string(),
  limits: wallLimitsSchema,
  createdAt: z.string(),
  createdBy: z.string().nullable(),
});
export type StoredToken = z.infer<typeof storedTokenSchema>;

/** The token that admitted a screen. */
export interface TokenRef {
  readonly id: string;
  readonly sha256: string;
}

const configMapSchema = z.object({
  metadata: z.object({ uid: z.string(), resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).nullish(),
});

/** The ConfigMap as read. Unreadable entries aren't tokens and grant nothing. */
export interface TokenConfigMap {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly tokens: ReadonlyMap<string, StoredToken>;
}

/** Returns where to request the ConfigMap. */
export function wallConfigMap(controlPlaneNamespace: string): ObjectPlace {
  const path = `/api/v1/namespaces/${controlPlaneNamespace}/configmaps/${WALL_CONFIG_MAP}`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: controlPlaneNamespace,
    name: WALL_CONFIG_MAP,
    path,
  };
}

/**
 * @param body the ConfigMap as the API server sends it
 * @throws KubeError `bad-answer` when it isn't one
 */
export function parseTokenConfigMap(body: unknown, controlPlaneNamespace: string): TokenConfigMap {
  const read = configMapSchema.safeParse(requestedObject(body, wallConfigMap(controlPlaneNamespace))).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned an invalid object.');
  const { metadata, data } = read;
  const tokens = new Map<string, StoredToken>();
  for (const [id, text] of Object.entries(data ?? {})) {
    const token = storedTokenSchema.safeParse(parseJson(text)).data;
    if (token) tokens.set(id, token);
  }
  return { ...metadata, tokens };
}

/** Returns a new token, which is shown once, and the part of it that is stored. */
export function newToken(): { readonly id: string; readonly token: string; readonly sha256: string } {
  const token = randomBytes(32).toString('base64url');
  return { id: `wall-${randomBytes(5).toString('hex')}`, token, sha256: hashOf(token) };
}

/**
 * Returns the id of the stored token with this text, or null. Compares it with every stored token in constant time,
 * so the duration reveals nothing about any of them.
 */
export function idOfToken(token: string, tokens: ReadonlyMap<string, StoredToken>): string | null {
  const hash = Buffer.from(hashOf(token), 'hex');
  let found: string | null = null;
  for (const [id, { sha256 }] of tokens) if (timingSafeEqual(hash, Buffer.from(sha256, 'hex'))) found = id;
  return found;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

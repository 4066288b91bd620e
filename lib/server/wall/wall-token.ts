import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WallLinkConfig } from '@/lib/server/config/wall-config';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { ObjectPlace } from '@/lib/server/kube/object-requests';
import { requestedObject } from '@/lib/server/kube/requested-object';
import { z } from '@/lib/zod';
import { readStoredText, type StoredToken } from './stored-link';

/** The ConfigMap in the control plane's namespace that holds the tokens of all walls, for every replica. */
export const WALL_CONFIG_MAP = 'planeboard-wall';

/** The token that admitted a screen. */
export interface TokenRef {
  readonly id: string;
  readonly sha256: string;
}

const configMapSchema = z.object({
  metadata: z.object({ uid: z.string(), resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).nullish(),
});

/** The ConfigMap as read: under each id, the text of one link. Unreadable entries aren't links and grant nothing. */
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
 * @param links how its links are authenticated
 * @throws KubeError `bad-answer` when it isn't one
 */
export async function parseTokenConfigMap(
  body: unknown,
  controlPlaneNamespace: string,
  links: WallLinkConfig,
): Promise<TokenConfigMap> {
  const read = configMapSchema.safeParse(requestedObject(body, wallConfigMap(controlPlaneNamespace))).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned an invalid object.');
  const { metadata, data } = read;
  const tokens = new Map<string, StoredToken>();
  for (const [id, text] of Object.entries(data ?? {})) {
    const token = await readStoredText(id, text, links);
    if (token) tokens.set(id, token);
  }
  return { ...metadata, tokens };
}

/** Whether a link grants access, and if not, why. */
export type LinkState = 'valid' | 'ended' | 'not-authentic';

/** @param nowMs the API server's clock */
export function linkStateOf({ isAuthentic, endsAt }: StoredToken, nowMs: number): LinkState {
  if (!isAuthentic) return 'not-authentic';
  return nowMs < Date.parse(endsAt) ? 'valid' : 'ended';
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

import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { wallLimitsSchema } from '@/lib/api/wall';
import { z } from '@/lib/zod';

/** The ConfigMap in the control plane's namespace that holds the tokens of all walls, so that every replica knows them. */
export const WALL_CONFIG_MAP = 'planeboard-wall';

/** One token as it is kept: never itself, only its hash. Under its id, as JSON, in the ConfigMap's data. */
export const storedTokenSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  title: z.string(),
  limits: wallLimitsSchema,
  createdAt: z.string(),
  createdBy: z.string().nullable(),
});
export type StoredToken = z.infer<typeof storedTokenSchema>;

const configMapSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).nullish(),
});

/** The ConfigMap as it was read. Entries that cannot be read are no tokens: nobody is let in by them. */
export interface TokenConfigMap {
  readonly resourceVersion: string;
  readonly tokens: ReadonlyMap<string, StoredToken>;
}

/** @param body the ConfigMap as the API server sends it */
export function parseTokenConfigMap(body: unknown): TokenConfigMap {
  const { metadata, data } = configMapSchema.parse(body);
  const tokens = new Map<string, StoredToken>();
  for (const [id, text] of Object.entries(data ?? {})) {
    const token = storedTokenSchema.safeParse(parseJson(text)).data;
    if (token) tokens.set(id, token);
  }
  return { resourceVersion: metadata.resourceVersion, tokens };
}

/** A new token, which is told once, and what is kept of it. */
export function newToken(): { readonly id: string; readonly token: string; readonly sha256: string } {
  const token = randomBytes(32).toString('base64url');
  return { id: `wall-${randomBytes(5).toString('hex')}`, token, sha256: hashOf(token) };
}

/**
 * The id of the kept token that this is, or null. Compared with every one in constant time, so that how long it takes
 * tells nothing of any of them.
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

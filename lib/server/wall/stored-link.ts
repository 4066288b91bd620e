import 'server-only';
import { CompactSign, compactVerify } from 'jose';
import { wallLimitsSchema } from '@/lib/api/wall';
import { parseTimeMs } from '@/lib/plane/time/age';
import { derivedFrom, keyIdOf } from '@/lib/server/config/server-key';
import type { WallLinkConfig } from '@/lib/server/config/wall-config';
import { z } from '@/lib/zod';

const KEY_BYTES = 32;
/** Three parts in base64url, separated by dots: a JSON Web Signature. */
const SIGNED = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/**
 * What is stored of a link: its token's hash, never the token itself. A field that isn't known may restrict the link, so
 * a link with one grants nothing.
 */
const linkSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  title: z.string(),
  limits: wallLimitsSchema,
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  /** Links of earlier versions have none. */
  endsAt: z.string().optional(),
});
/** The id is signed too, or a revoked link could be stored again beside another one's id. */
const signedLinkSchema = linkSchema.extend({ id: z.string() });

/** A link as it is created. */
export interface NewLink extends Omit<z.infer<typeof linkSchema>, 'endsAt'> {
  readonly endsAt: string;
}

/** A link as it was read. */
export interface StoredToken extends NewLink {
  /** Whether this server created it so. Any other link grants nothing. */
  readonly isAuthentic: boolean;
}

/**
 * Returns the text to store a link as: signed with the first key (JWS, HS256), or its JSON if there is no key.
 *
 * @param id the link's key in the ConfigMap
 */
export async function storedText(id: string, link: NewLink, { keys }: WallLinkConfig): Promise<string> {
  const [key] = keys;
  if (!key) return JSON.stringify(link);
  return new CompactSign(Buffer.from(JSON.stringify({ ...link, id })))
    .setProtectedHeader({ alg: 'HS256', kid: keyIdOf(key) })
    .sign(signingKey(key));
}

/**
 * Returns the link that a text stores; null if it stores none. A link that was changed by hand, isn't signed although
 * there is a key, or was signed with a key that isn't known is not authentic. A link of an earlier version ends
 * when one that was created at the same time would. Never throws: anything may be in the ConfigMap.
 */
export async function readStoredText(
  id: string,
  text: string,
  { keys, lifeMs }: WallLinkConfig,
): Promise<StoredToken | null> {
  const payload = SIGNED.exec(text)?.[1];
  if (payload === undefined) return linkOf(parsedJson(text), keys.length === 0, lifeMs);
  const isSigned = await isSignedWithAny(text, keys);
  const signed = signedLinkSchema.safeParse(
    parsedJson(Buffer.from(payload, 'base64url').toString('utf8')),
  ).data;
  if (!signed) return null;
  const { id: signedId, ...link } = signed;
  return linkOf(link, isSigned && signedId === id, lifeMs);
}

function linkOf(value: unknown, isAuthentic: boolean, lifeMs: number): StoredToken | null {
  const link = linkSchema.safeParse(value).data;
  if (!link) return null;
  const createdAtMs = parseTimeMs(link.createdAt);
  const defaultEndMs = createdAtMs === null ? null : createdAtMs + lifeMs;
  // An end that can't be read has passed.
  const endsAtMs = (link.endsAt === undefined ? defaultEndMs : parseTimeMs(link.endsAt)) ?? 0;
  return { ...link, endsAt: new Date(endsAtMs).toISOString(), isAuthentic };
}

async function isSignedWithAny(text: string, keys: readonly Uint8Array[]): Promise<boolean> {
  try {
    await compactVerify(
      text,
      ({ kid }) => {
        const key = keys.find((one) => keyIdOf(one) === kid);
        if (!key) throw new Error('The link was signed with an unknown key.');
        return signingKey(key);
      },
      { algorithms: ['HS256'] },
    );
    return true;
  } catch {
    return false;
  }
}

function signingKey(key: Uint8Array): Uint8Array {
  return derivedFrom(key, 'wall link', KEY_BYTES);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

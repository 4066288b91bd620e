import 'server-only';
import { createHash } from 'node:crypto';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { z } from '@/lib/zod';

const metadataSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    resourceVersion: z.string().regex(/^\d{1,20}$/),
    generation: z.number(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});

/** The editable part of a resource at one version. */
export interface EditVersion {
  readonly uid: string;
  readonly version: bigint;
  /** Differs whenever labels, annotations (except the refresh annotation) or spec differ. */
  readonly key: string;
}

/**
 * Returns the editable part's key and version, or null if the resource can't be read. The generation stands for the
 * spec: the API server increments it with every change of a plane except those of metadata and status.
 *
 * @param raw the resource as the API server serves it
 */
export function editVersionOf(raw: unknown): EditVersion | null {
  const read = metadataSchema.safeParse(raw).data;
  if (!read) return null;
  const { uid, resourceVersion, generation, deletionTimestamp = '', labels, annotations } = read.metadata;
  const { [REFRESHED_AT_ANNOTATION]: _refreshedAt, ...own } = annotations;
  const part = [generation, deletionTimestamp, sorted(labels), sorted(own)];
  const key = createHash('sha256').update(JSON.stringify(part)).digest('base64');
  return { uid, version: BigInt(resourceVersion), key };
}

function sorted(texts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Span {
  readonly key: string;
  /** The first and the last version seen with this key. Nothing was missed in between. */
  readonly since: bigint;
  readonly until: bigint;
}

/**
 * Records over which versions each plane's editable part stayed the same, because the API server forgets its history
 * after some minutes and a plane's status changes every minute. About 200 bytes for each plane.
 */
export class EditVersions {
  private readonly spans = new Map<string, Span>();

  /** Records a version that followed the last one directly, as in a watch. */
  followed({ uid, version, key }: EditVersion): void {
    const span = this.spans.get(uid);
    if (span && version <= span.until) return;
    this.spans.set(uid, { key, since: span?.key === key ? span.since : version, until: version });
  }

  /** Records a version from a list. If it's a later one, anything may have happened in between. */
  listed({ uid, version, key }: EditVersion): void {
    if (this.spans.get(uid)?.until === version) return;
    this.spans.set(uid, { key, since: version, until: version });
  }

  forget(uid: string): void {
    this.spans.delete(uid);
  }

  /** Forgets everything, because versions of another cluster can't be compared with these. */
  clear(): void {
    this.spans.clear();
  }

  /**
   * Returns whether a plane's editable part is known to be the same as at an earlier version. False means unknown.
   *
   * @param raw the plane as just read
   * @param resourceVersion any text; only a version that this server has seen counts
   */
  isUnchangedSince(raw: unknown, resourceVersion: string): boolean {
    const now = editVersionOf(raw);
    const span = now ? this.spans.get(now.uid) : undefined;
    if (!now || span?.key !== now.key || !/^\d{1,20}$/.test(resourceVersion)) return false;
    const version = BigInt(resourceVersion);
    return span.since <= version && version <= span.until;
  }
}

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

/** The first and the last version of a time in which nothing was missed. */
interface Span {
  readonly since: bigint;
  readonly until: bigint;
}

interface Known {
  readonly key: string;
  /** Oldest first. Between two of them, anything may have happened. */
  readonly spans: readonly Span[];
}

/** Each interrupted watch begins a span. Older ones are forgotten. */
const MAX_SPANS = 8;

/**
 * Records at which versions each plane's editable part was the same as now, because the API server forgets its history
 * after some minutes and a plane's status changes every minute. About 300 bytes for each plane.
 */
export class EditVersions {
  private readonly known = new Map<string, Known>();

  /** Records a version that followed the last one directly, as in a watch. */
  followed(read: EditVersion): void {
    this.record(read, true);
  }

  /** Records a version from a list. */
  listed(read: EditVersion): void {
    this.record(read, false);
  }

  private record({ uid, version, key }: EditVersion, isNext: boolean): void {
    const known = this.known.get(uid);
    const last = known?.spans.at(-1);
    if (last && version <= last.until) return;
    const begun = { since: version, until: version };
    if (!known || !last || known.key !== key) this.known.set(uid, { key, spans: [begun] });
    else if (isNext)
      this.known.set(uid, { key, spans: [...known.spans.slice(0, -1), { ...last, until: version }] });
    else this.known.set(uid, { key, spans: [...known.spans.slice(1 - MAX_SPANS), begun] });
  }

  forget(uid: string): void {
    this.known.delete(uid);
  }

  /** Forgets everything, because versions of another cluster can't be compared with these. */
  clear(): void {
    this.known.clear();
  }

  /**
   * Returns whether a plane's editable part is known to be the same as at an earlier version. False means unknown.
   *
   * @param raw the plane as just read
   * @param resourceVersion any text; only a version that this server has seen counts
   */
  isUnchangedSince(raw: unknown, resourceVersion: string): boolean {
    const now = editVersionOf(raw);
    const known = now ? this.known.get(now.uid) : undefined;
    if (!now || known?.key !== now.key || !/^\d{1,20}$/.test(resourceVersion)) return false;
    const version = BigInt(resourceVersion);
    return known.spans.some(({ since, until }) => since <= version && version <= until);
  }
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import type { CertificateFact, SecretFact } from '@/lib/plane/health/health-facts';
import { droppedCertificates, type KnownCertificate, unexpired } from './known-certificate';

/** A key of a Secret that a plane uses as a credential. */
export interface SecretKey {
  /** As `<namespace>/<name>`. */
  readonly secret: string;
  readonly key: string;
  /** The id of the credential's slot. */
  readonly slot: string;
}

/** What was read under such a key. */
export interface SecretReading {
  readonly fact: CertificateFact | SecretFact;
  /** Absent or empty unless the material is certificates that can be read. */
  readonly certificates?: readonly KnownCertificate[];
}

/** A change of a Secret's content that may end the connection of the plane that uses it. */
export interface SecretChange extends SecretKey {
  readonly id: string;
  /** `removed`: the Secret or its key is gone. */
  readonly what: 'changed' | 'removed';
  /** How long ago the content from before it was last read. */
  readonly earlierMs: number;
  /** The id of the first of the changes that it takes back: the content is that from before it again. */
  readonly takesBack?: string;
}

/** The fingerprints that stand for a content. */
type Content = readonly string[];

/** A replacement that a plane remembers: its certificates, and whether it added earlier ones again. */
export interface Replacement {
  readonly after: Content;
  readonly restored?: true | undefined;
}

interface Tracked {
  readonly content: readonly KnownCertificate[];
  readonly readAtMs: number;
  readonly changes: readonly { readonly id: string; readonly before: Content }[];
}

/** Changes that can be recognized as taken back. */
const MAX_CHANGES = 5;
/** Stands for material other than certificates, which isn't compared. */
const PRESENT: readonly KnownCertificate[] = [
  { fingerprint: 'present', notAfterMs: Number.POSITIVE_INFINITY },
];

/**
 * Notices changes of the Secrets of one plane by comparing two readings of them. Keeps fingerprints of certificates and
 * nothing of other material, so it notices only that such material is gone. An added certificate is no change: it can't
 * end a connection.
 */
export class SecretChanges {
  private readonly tracked = new Map<string, Tracked>();

  /**
   * Takes in a reading. Returns the change since the reading before; null if there is none, or if it isn't known.
   *
   * @param own the replacements that the plane remembers, which its history has already
   * @param clocks the wall clock, for the certificates' ends, and a monotonic clock
   */
  read(
    place: SecretKey,
    reading: SecretReading,
    own: readonly Replacement[],
    clocks: { readonly nowMs: number; readonly monotonicMs: number },
  ): SecretChange | null {
    const content = contentOf(reading);
    if (content === null) return null;
    const id = `${place.slot} ${place.secret} ${place.key}`;
    const before = this.tracked.get(id);
    const { nowMs, monotonicMs: readAtMs } = clocks;
    if (!before) {
      this.tracked.set(id, { content, readAtMs, changes: [] });
      return null;
    }
    const valid = fingerprints(unexpired(before.content, nowMs));
    const current = fingerprints(content);
    const taken = before.changes.findIndex((change) => includesAll(current, change.before));
    const takesBack = before.changes[taken]?.id;
    const isOther = before.changes.length > 0 && valid.length === 0 && current.length > 0;
    const isChange =
      takesBack !== undefined || isOther || droppedCertificates(before.content, content, nowMs).length > 0;
    const change = { id: randomUUID(), before: valid };
    const changes = taken === -1 ? before.changes : before.changes.slice(0, taken);
    const isNew = isChange && taken === -1 && valid.length > 0;
    this.tracked.set(id, {
      content,
      readAtMs,
      changes: isNew ? [...changes, change].slice(-MAX_CHANGES) : changes,
    });
    // An earlier replacement may have had the same certificates as a content that is set back.
    const isOwn = own.some(
      ({ after, restored }) => after.length > 0 && isSame(after, current) && (taken === -1 || restored),
    );
    if (!isChange || isOwn) return null;
    return {
      ...place,
      id: change.id,
      what: isMissing(reading.fact) ? 'removed' : 'changed',
      earlierMs: readAtMs - before.readAtMs,
      ...(takesBack === undefined ? {} : { takesBack }),
    };
  }
}

/** Null: not known. */
function contentOf({ fact, certificates = [] }: SecretReading): readonly KnownCertificate[] | null {
  switch (fact.state) {
    case 'not-checked':
      return null;
    case 'present':
    case 'mismatched':
      return PRESENT;
    default:
      return certificates;
  }
}

function isMissing({ state }: SecretReading['fact']): boolean {
  return state === 'secret-missing' || state === 'key-missing';
}

function fingerprints(certificates: readonly KnownCertificate[]): Content {
  return certificates.map(({ fingerprint }) => fingerprint);
}

function includesAll(content: Content, others: Content): boolean {
  return others.every((one) => content.includes(one));
}

function isSame(a: Content, b: Content): boolean {
  return includesAll(a, b) && includesAll(b, a);
}

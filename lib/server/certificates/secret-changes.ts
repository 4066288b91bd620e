import 'server-only';
import { randomUUID } from 'node:crypto';
import type { CertificateFact, SecretFact } from '@/lib/plane/health/health-facts';
import { type ComparedCertificate, droppedCertificates, unexpired } from './known-certificate';

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
  readonly certificates?: readonly ComparedCertificate[];
  /** What other material, such as a token, is compared by. */
  readonly mark?: string;
}

/** A change of a Secret's content that may end the connection of the plane that uses it. */
export interface SecretChange extends SecretKey {
  readonly id: string;
  /** Whether a replacement that the plane remembers made it, which its history has already. */
  readonly isOwn: boolean;
  /** `removed`: the Secret or its key is gone. */
  readonly what: 'changed' | 'removed';
  /** How long ago the content from before it was last read. */
  readonly earlierMs: number;
  /** The id of the first of the changes that it takes back: the content is that from before it again. */
  readonly takesBack?: string;
}

/** The fingerprints that stand for a content. */
type Content = readonly string[];

/** A replacement that a plane remembers. */
export interface Replacement {
  readonly id: string;
  /** The keys of Secrets that it wrote. */
  readonly places: readonly { readonly namespace: string; readonly name: string; readonly key: string }[];
  /** The fingerprints of its certificates; empty if it replaced other material. */
  readonly after: Content;
  /** Whether it added earlier certificates again. */
  readonly restored?: true | undefined;
}

interface Tracked {
  /** Names the Secret's key and what it is used for. */
  readonly id: string;
  readonly content: readonly ComparedCertificate[];
  readonly readAtMs: number;
  readonly changes: readonly { readonly id: string; readonly before: Content }[];
  /** The ids of the replacements whose material was read. */
  readonly replacements: readonly string[];
}

const NO_CHANGES: Tracked['changes'] = [];
/** Changes that can be recognized as taken back. */
const MAX_CHANGES = 5;
/** Begins what stands for material other than certificates. */
const OTHER_MATERIAL = 'other ';

/**
 * Notices changes of the Secrets of one plane by comparing two readings of them. Keeps only fingerprints of certificates
 * and the marks of other material. An added certificate is no change: it can't end a connection.
 */
export class SecretChanges {
  /** One for nearly every plane: in a large fleet, a map for each would be most of what its credentials take. */
  private tracked: readonly Tracked[] = [];

  /**
   * Takes in a reading. Returns the change since the reading before; null if there is none, or if it isn't known.
   *
   * @param own the replacements that the plane remembers
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
    const before = this.tracked.find((one) => one.id === id);
    const { nowMs, monotonicMs: readAtMs } = clocks;
    if (!before) {
      const replacements = own.map((one) => one.id);
      this.keep({ id, content, readAtMs, changes: NO_CHANGES, replacements });
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
    const made = own.filter((one) => isMadeBy(one, place, current, before.replacements));
    this.keep({
      id,
      content,
      readAtMs,
      changes: isNew ? [...changes, change].slice(-MAX_CHANGES) : changes,
      // A replacement's record is written before its Secrets, so it counts as read only once these differ.
      replacements: isChange ? own.map((one) => one.id) : before.replacements,
    });
    if (!isChange) return null;
    return {
      ...place,
      id: change.id,
      // An earlier replacement may have had the same certificates as a content that is set back.
      isOwn: made.some(({ restored }) => taken === -1 || restored),
      what: isMissing(reading.fact) ? 'removed' : 'changed',
      earlierMs: readAtMs - before.readAtMs,
      ...(takesBack === undefined ? {} : { takesBack }),
    };
  }

  private keep(tracked: Tracked): void {
    this.tracked = [...this.tracked.filter((one) => one.id !== tracked.id), tracked];
  }
}

/**
 * Returns whether a replacement wrote the content that a change brought. Other material than certificates has no
 * fingerprints, so a replacement made only the first change of what it wrote.
 *
 * @param read the ids of the replacements whose material was read before
 */
function isMadeBy(
  { id, places, after }: Replacement,
  { secret, key }: SecretKey,
  current: Content,
  read: readonly string[],
): boolean {
  if (after.length > 0 && isSame(after, current)) return true;
  const isWritten = places.some((one) => `${one.namespace}/${one.name}` === secret && one.key === key);
  return isWritten && isOtherMaterial(current) && !read.includes(id);
}

/** Null: not known. */
function contentOf({ fact, certificates = [], mark }: SecretReading): readonly ComparedCertificate[] | null {
  switch (fact.state) {
    case 'not-checked':
      return null;
    case 'present':
    case 'mismatched':
      return [{ fingerprint: `${OTHER_MATERIAL}${mark ?? ''}`, notAfterMs: Number.POSITIVE_INFINITY }];
    default:
      return certificates;
  }
}

function isMissing({ state }: SecretReading['fact']): boolean {
  return state === 'secret-missing' || state === 'key-missing';
}

function isOtherMaterial(content: Content): boolean {
  return content.some((one) => one.startsWith(OTHER_MATERIAL));
}

function fingerprints(certificates: readonly ComparedCertificate[]): Content {
  return certificates.map(({ fingerprint }) => fingerprint);
}

function includesAll(content: Content, others: Content): boolean {
  return others.every((one) => content.includes(one));
}

function isSame(a: Content, b: Content): boolean {
  return includesAll(a, b) && includesAll(b, a);
}

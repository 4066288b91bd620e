import 'server-only';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { explicitObservabilityPlane, siblingKey } from '@/lib/plane/model/references';
import { PlaneRecord } from './plane-record';

/**
 * All planes by uid, with indices by kind, identity, planeID and reference. A change returns the planes whose facts
 * it affects.
 */
export class FleetStore {
  private readonly records = new Map<string, PlaneRecord>();
  private readonly byPlural = new UidIndex();
  private readonly bySibling = new UidIndex();
  private readonly byIdentity = new UidIndex();
  private readonly byTarget = new UidIndex();
  /** The number of planes in each namespace that has any. */
  private readonly perNamespace = new Map<string, number>();

  get(uid: string): PlaneRecord | undefined {
    return this.records.get(uid);
  }

  all(): IterableIterator<PlaneRecord> {
    return this.records.values();
  }

  get size(): number {
    return this.records.size;
  }

  /** Returns the planes of a kind or, if the scope has a namespace, those in it. */
  uidsOf({ plural, namespace }: WatchScope): Iterable<string> {
    const ofKind = this.byPlural.get(plural);
    if (namespace === undefined) return ofKind;
    return [...ofKind].filter((uid) => this.records.get(uid)?.plane.namespace === namespace);
  }

  /** Yields the namespaces that have planes. */
  namespaces(): Iterable<string> {
    return this.perNamespace.keys();
  }

  /** Returns the record of a plane named as in a URL. */
  find(kind: string, namespace: string | undefined, name: string): PlaneRecord | undefined {
    const [uid] = this.byIdentity.get(identityKey({ kind, namespace, name }));
    return uid === undefined ? undefined : this.records.get(uid);
  }

  exists(target: ObjectRef): boolean {
    return this.byIdentity.size(identityKey(target)) > 0;
  }

  /** Returns how many other planes are the same physical cluster. */
  siblingsOf(plane: Plane): number {
    const key = siblingKey(plane);
    return key === null ? 0 : Math.max(0, this.bySibling.size(key) - 1);
  }

  /** Returns the other planes that are the same physical cluster. */
  *siblingUids(plane: Plane): Generator<string> {
    for (const uid of this.bySibling.get(siblingKey(plane))) if (uid !== plane.uid) yield uid;
  }

  /** Returns every plane that refers to another one. */
  referrers(): string[] {
    return [...this.records.values()]
      .filter((record) => record.plane.observabilityPlaneRef)
      .map((record) => record.plane.uid);
  }

  /** Sets a plane. Returns the uids of all planes whose facts may now differ, its own first. */
  set(plane: Plane): Set<string> {
    const record = this.records.get(plane.uid);
    const affected = new Set([plane.uid]);
    if (record) {
      const before = record.plane;
      const sameKeys = siblingKey(before) === siblingKey(plane) && targetKey(before) === targetKey(plane);
      if (!sameKeys) {
        this.unindex(before, affected);
        this.index(plane, affected);
      }
      record.plane = plane;
    } else {
      this.records.set(plane.uid, new PlaneRecord(plane));
      this.index(plane, affected);
    }
    return affected;
  }

  /** Removes a plane. Returns the uids of the others whose facts may now differ. */
  remove(uid: string): Set<string> {
    const affected = new Set<string>();
    const record = this.records.get(uid);
    if (!record) return affected;
    this.records.delete(uid);
    this.unindex(record.plane, affected);
    affected.delete(uid);
    return affected;
  }

  private index(plane: Plane, affected: Set<string>): void {
    this.byPlural.add(plane.plural, plane.uid);
    this.byIdentity.add(identityKey(plane), plane.uid);
    this.byTarget.add(targetKey(plane), plane.uid);
    this.bySibling.add(siblingKey(plane), plane.uid);
    this.count(plane, 1);
    this.collect(plane, affected);
  }

  private unindex(plane: Plane, affected: Set<string>): void {
    this.collect(plane, affected);
    this.byPlural.delete(plane.plural, plane.uid);
    this.byIdentity.delete(identityKey(plane), plane.uid);
    this.byTarget.delete(targetKey(plane), plane.uid);
    this.bySibling.delete(siblingKey(plane), plane.uid);
    this.count(plane, -1);
  }

  private count({ namespace }: Plane, change: 1 | -1): void {
    if (namespace === undefined) return;
    const count = (this.perNamespace.get(namespace) ?? 0) + change;
    if (count === 0) this.perNamespace.delete(namespace);
    else this.perNamespace.set(namespace, count);
  }

  private collect(plane: Plane, affected: Set<string>): void {
    for (const uid of this.byTarget.get(identityKey(plane))) affected.add(uid);
    for (const uid of this.bySibling.get(siblingKey(plane))) affected.add(uid);
  }
}

const NONE: readonly string[] = [];

/**
 * Indexes uids by a key; a null key is in no index. Most keys have one uid, which is kept without a set: in a large fleet,
 * the sets would take more memory than the planes' own data.
 */
class UidIndex {
  private readonly uids = new Map<string, string | Set<string>>();

  get(key: string | null): Iterable<string> {
    const found = key === null ? undefined : this.uids.get(key);
    return typeof found === 'string' ? [found] : (found ?? NONE);
  }

  size(key: string | null): number {
    const found = key === null ? undefined : this.uids.get(key);
    return typeof found === 'string' ? 1 : (found?.size ?? 0);
  }

  add(key: string | null, uid: string): void {
    if (key === null) return;
    const found = this.uids.get(key);
    if (found === undefined) this.uids.set(key, uid);
    else if (typeof found !== 'string') found.add(uid);
    else if (found !== uid) this.uids.set(key, new Set([found, uid]));
  }

  delete(key: string | null, uid: string): void {
    if (key === null) return;
    const found = this.uids.get(key);
    if (found === uid) this.uids.delete(key);
    else if (found instanceof Set && found.delete(uid) && found.size === 0) this.uids.delete(key);
  }
}

function identityKey({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace?: string | undefined;
  name: string;
}): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function targetKey(plane: Plane): string | null {
  const target = explicitObservabilityPlane(plane);
  return target && identityKey(target);
}

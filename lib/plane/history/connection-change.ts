import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { reportedConnection } from '@/lib/plane/model/reported-connection';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { WrittenField } from './field-writes';
import { AGENT_CA_SLOT, type FieldPath, RESTORED, secretOf } from './traced-fields';

/** A write of fields as a history shows it. */
export interface ShownWrite {
  readonly resourceVersion: string;
  /** Who wrote, for use after "by"; null: that isn't known of a Secret. */
  readonly by: string | null;
  readonly fields: readonly WrittenField[];
  readonly takesBack?: { readonly resourceVersion: string; readonly by: string | null } | undefined;
  readonly planeID?:
    | { readonly before: string | null; readonly after: string | null; readonly written: string | null }
    | undefined;
  /** Null: the status was stale, so it isn't known. */
  readonly wasConnected: boolean | null;
}

/** An entry of a history. */
export interface ShownEntry {
  /** RFC 3339. */
  readonly at: string;
  readonly write?: ShownWrite | undefined;
}

/** A change of what a connection depends on, since which the plane hasn't connected. */
export interface ConnectionChange {
  readonly atMs: number;
  /** Null: a Secret was changed, which doesn't say by whom. */
  readonly by: string | null;
  readonly subject: 'planeID' | 'ca' | 'settings';
  /** Those of its fields that a connection depends on. */
  readonly fields: readonly WrittenField[];
  /**
   * Whether the plane was connected. False: an earlier change, undone since, had ended the connection already. Null: the
   * status was stale, so it isn't known.
   */
  readonly wasConnected: boolean | null;
  /** Set for the subject `planeID`. */
  readonly planeID?: NonNullable<ShownWrite['planeID']>;
}

interface Change {
  readonly atMs: number;
  readonly write: ShownWrite;
  readonly fields: readonly WrittenField[];
}

/**
 * Returns the change that a plane's connection ended after: it was connected when the change was made, or may have been,
 * has connected never since, and nobody has undone the change. If it is undone, but not what else was changed since, returns the first
 * of those: the plane would have connected without it. Null if there is none, as far as the history goes back.
 *
 * @param entries newest first
 */
export function connectionChange(entries: readonly ShownEntry[], plane: Plane): ConnectionChange | null {
  if (plane.unreadable || reportedConnection(plane) !== false) return null;
  const changes = entries.flatMap(({ at, write }, index): Change[] => {
    const fields = write?.fields.filter(({ path }) => decidesConnection(path)) ?? [];
    // A replacement by a new Secret is also a change of the spec, which shows whether it is undone.
    if (write && fields.every(isRecord) && entries.some((entry) => isSpecOf(entry, write))) return [];
    if (fields.some((field) => isRestoredIn(field, entries.slice(0, index)))) return [];
    const atMs = parseTimeMs(at);
    return write && fields.length > 0 && atMs !== null ? [{ atMs, write, fields }] : [];
  });
  const lastMs = changes.find(mayHaveBeenConnected)?.atMs;
  if (lastMs === undefined) return null;
  const standing = withoutUndone(changes).flatMap((change) => withoutOldPlaneId(change, plane));
  const first = standing.findLast(({ atMs }) => atMs >= lastMs) ?? standing.find(mayHaveBeenConnected);
  if (!first) return null;
  const cause = withSameReading(first, standing);
  const connectedAtMs = parseTimeMs(plane.agent?.lastConnectedTime);
  if (connectedAtMs !== null && connectedAtMs > cause.atMs) return null;
  const { atMs, write, fields } = cause;
  const { by, wasConnected } = write;
  const planeID = fields.some(isPlaneId) ? write.planeID : undefined;
  if (planeID) return { atMs, by, subject: 'planeID', fields, wasConnected, planeID };
  const subject = fields.every(({ path }) => isCa(path)) ? 'ca' : 'settings';
  return { atMs, by, subject, fields, wasConnected };
}

/** A change of an agent's CA in its Secret that the connected agent hasn't been verified by yet. */
export interface PendingCaChange {
  readonly atMs: number;
  /** The CA in its Secret. */
  readonly field: WrittenField;
}

/**
 * Returns the last change that took a certificate from the CA of a connected agent in its Secret, if the agent hasn't
 * connected since and the certificate isn't back. A gateway verifies agents only when they connect.
 *
 * @param entries newest first
 */
export function pendingCaChange(entries: readonly ShownEntry[], plane: Plane): PendingCaChange | null {
  if (plane.unreadable || plane.agent?.connected !== true) return null;
  const changes = entries.flatMap(({ at, write }): Change[] => {
    const fields = write?.fields.filter(({ path }) => secretOf(path)?.slot === AGENT_CA_SLOT) ?? [];
    const atMs = parseTimeMs(at);
    return write && fields.length > 0 && atMs !== null ? [{ atMs, write, fields }] : [];
  });
  const [last] = withoutUndone(changes);
  const [field] = last?.fields ?? [];
  if (!last || !field) return null;
  const connectedAtMs = parseTimeMs(plane.agent.lastConnectedTime);
  return connectedAtMs !== null && connectedAtMs > last.atMs ? null : { atMs: last.atMs, field };
}

/**
 * Returns a change of a Secret with all others that the same reading showed, or else the change itself. A certificate and
 * its key are usually changed together.
 */
function withSameReading(change: Change, changes: readonly Change[]): Change {
  const { atMs, write } = change;
  if (!isOfSecret(change)) return change;
  const same = changes.filter(
    (one) => one.atMs === atMs && isOfSecret(one) && one.write.wasConnected === write.wasConnected,
  );
  return { ...change, fields: same.toReversed().flatMap(({ fields }) => fields) };
}

function isOfSecret({ fields }: Change): boolean {
  return fields.every(({ path }) => secretOf(path) !== null);
}

function mayHaveBeenConnected({ write }: Change): boolean {
  return write.wasConnected !== false;
}

/**
 * Returns the changes without the fields that a later one set back, whether at once or after further changes of them, and
 * without that later change of them: it brought the state back in which the plane was connected, whatever the status said
 * when it was made.
 *
 * @param changes newest first
 */
function withoutUndone(changes: readonly Change[]): Change[] {
  const left: Change[] = [];
  for (const change of changes.toReversed()) {
    const { takesBack } = change.write;
    const fields = change.fields.filter((field) => {
      // One version may consist of several changes.
      const index = left.findIndex(
        (earlier) => earlier.write.resourceVersion === takesBack?.resourceVersion && hasField(earlier, field),
      );
      if (index !== -1) left.push(...left.splice(index).map((one) => withoutField(one, field)));
      // Content that a Secret had before is back, even if the history lacks the change that it takes back.
      return index === -1 && !(takesBack && secretOf(field.path));
    });
    left.push({ ...change, fields });
  }
  return left.filter(({ fields }) => fields.length > 0).toReversed();
}

function withoutField(change: Change, field: WrittenField): Change {
  return hasField(change, field)
    ? { ...change, fields: change.fields.filter((one) => !isSameField(one, field)) }
    : change;
}

/** Returns a change without the planeID, if the plane has the earlier one again; nothing if that was all. */
function withoutOldPlaneId(change: Change, { planeID }: Plane): Change[] {
  if (change.write.planeID?.before !== planeID) return [change];
  const fields = change.fields.filter((field) => !isPlaneId(field));
  return fields.length > 0 ? [{ ...change, fields }] : [];
}

function hasField({ fields }: Change, field: WrittenField): boolean {
  return fields.some((one) => isSameField(one, field));
}

function isSameField(a: WrittenField, b: WrittenField): boolean {
  return a.path.join() === b.path.join();
}

function isPlaneId({ path }: WrittenField): boolean {
  return path.length === 2 && path[1] === 'planeID';
}

function isRecord({ path }: WrittenField): boolean {
  return path[0] === 'metadata';
}

function isSpecOf({ write }: ShownEntry, { resourceVersion }: ShownWrite): boolean {
  return (
    write?.resourceVersion === resourceVersion &&
    write.fields.some((field) => !isRecord(field) && decidesConnection(field.path))
  );
}

/** Returns whether the certificates that a recorded replacement removed were added again, by the entries after it. */
function isRestoredIn({ path }: WrittenField, later: readonly ShownEntry[]): boolean {
  const slot = slotOf(path);
  return (
    slot !== null &&
    later.some(({ write }) =>
      write?.fields.some((field) => slotOf(field.path) === slot && field.path[4] === RESTORED),
    )
  );
}

/** Returns whether a change of this field can disconnect the agent. An added certificate can't. */
export function decidesConnection(path: FieldPath): boolean {
  const [top, second] = path;
  if (top === 'spec') return CONNECTION_FIELDS.includes(second ?? '');
  const inSecret = secretOf(path);
  if (inSecret?.slot === AGENT_CA_SLOT) return true;
  const [field = ''] = (inSecret?.slot ?? slotOf(path))?.split('.') ?? [];
  return CONNECTION_FIELDS.includes(field) && path[4] !== 'add' && path[4] !== RESTORED;
}

const CONNECTION_FIELDS: readonly string[] = ['planeID', 'clusterAgent', 'agent', 'kubernetesCluster'];

/** Returns the slot of the credential whose replacement a path records, such as `clusterAgent.clientCA`; null: none. */
export function slotOf([top, second, third, slot]: FieldPath): string | null {
  return top === 'metadata' && second === 'annotations' && third === REPLACED_ANNOTATION
    ? (slot ?? '')
    : null;
}

function isCa(path: FieldPath): boolean {
  if (secretOf(path)?.slot === AGENT_CA_SLOT) return true;
  const [top, ...spec] = path;
  const [first, second] = top === 'spec' ? spec : (slotOf(path)?.split('.') ?? []);
  return second === 'clientCA' && (first === 'clusterAgent' || first === 'agent');
}

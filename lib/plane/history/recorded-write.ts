import type { JudgedPlane } from '@/lib/plane/health/health';
import { withoutSecret } from '@/lib/plane/masking/secret-text';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';
import type { FieldWrite, WriteSubject, WrittenField } from './field-writes';

/** Who made a change. */
export interface WriteAuthor {
  /** Null: the resource doesn't say. */
  readonly manager: string | null;
  /** The user for whom this server wrote, null if the API server hasn't named them; absent: this server didn't write. */
  readonly user?: string | null;
}

/** A change of fields as a history keeps it, without values that could be secret. */
export interface RecordedWrite {
  readonly subject: WriteSubject;
  readonly resourceVersion: string;
  readonly author: WriteAuthor;
  /** At most `MAX_FIELDS`. */
  readonly fields: readonly WrittenField[];
  readonly moreFields: number;
  /** The earlier change that this one takes back. */
  readonly takesBack?: { readonly resourceVersion: string; readonly author: WriteAuthor };
  /** Set only if the spec changed. */
  readonly generation?: { readonly before: number; readonly after: number };
  /** Set only if the maintenance changed; null: it ended. */
  readonly maintenance?: Maintenance | null;
  /** Set only if the planeID changed. `written` is what to write to restore the earlier one; null: it wasn't set. */
  readonly planeID?: {
    readonly before: string | null;
    readonly after: string | null;
    readonly written: string | null;
  };
  /** Whether the plane was connected when it was written; null: its status was stale. */
  readonly wasConnected: boolean | null;
}

const MAX_FIELDS = 10;

/** Returns a write as a history keeps it. Masks names of fields that contain a secret, since people choose some. */
export function recordedWrite(judged: JudgedPlane, after: Plane, write: FieldWrite): RecordedWrite {
  const before = judged.plane;
  const { subject, resourceVersion, by, fields, takesBack } = write;
  const planeIdField = fields.find(({ path }) => path.length === 2 && path[1] === 'planeID');
  return {
    subject,
    resourceVersion,
    author: authorOf(by),
    fields: fields
      .slice(0, MAX_FIELDS)
      .map(({ path, change }) => ({ path: path.map(withoutSecret), change })),
    moreFields: Math.max(0, fields.length - MAX_FIELDS),
    ...(takesBack
      ? {
          takesBack: { resourceVersion: takesBack.resourceVersion, author: authorOf(takesBack.by) },
        }
      : {}),
    ...(subject === 'spec' && after.generation !== before.generation
      ? { generation: { before: before.generation, after: after.generation } }
      : {}),
    ...(subject === 'maintenance' ? { maintenance: after.maintenance ?? null } : {}),
    ...(subject === 'spec' && planeIdField
      ? {
          planeID: {
            before: before.planeID,
            after: after.planeID,
            written: planeIdField.change === 'added' ? null : before.planeID,
          },
        }
      : {}),
    wasConnected: isConnected(judged) === false ? (write.wasConnected ?? false) : isConnected(judged),
  };
}

function authorOf(by: FieldWrite['by']): WriteAuthor {
  return { manager: by?.manager ?? null };
}

/** Returns whether this server's own field manager wrote, so a user may become known. */
export function isOwnManager({ manager }: WriteAuthor): boolean {
  return manager === null || manager === FIELD_MANAGER;
}

/**
 * Whether the status said that the plane was connected: by its agent, or by a condition of a cluster that is called
 * directly. Null if that report was frozen.
 */
function isConnected({ plane, health }: JudgedPlane): boolean | null {
  if (plane.agent?.connected && health.reasons.some(({ code }) => code === 'heartbeat-stale')) return null;
  if (plane.agent) return plane.agent.connected;
  return plane.conditions.some(
    ({ type, status }) => (type === 'Connected' || type === 'Ready') && status === 'True',
  );
}

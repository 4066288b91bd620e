import 'server-only';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import type { Plane } from '@/lib/plane/model/plane';

/** Records what happens to planes, except heartbeats. All times are on the API server's clock. */
export interface HistoryRecorder {
  /** Called when all planes of a kind were listed, or those in one namespace. */
  readonly listed: (scope: WatchScope, atMs: number) => void;
  /** Called for a new plane: one that was not in the first list. */
  readonly appeared: (plane: JudgedPlane, atMs: number) => void;
  readonly changed: (before: JudgedPlane, after: JudgedPlane, atMs: number) => void;
  /** Called when fields of a plane were written, with the plane before and after. */
  readonly written: (before: JudgedPlane, after: Plane, writes: readonly FieldWrite[], atMs: number) => void;
  /** Called when a plane was deleted, as opposed to no longer visible. */
  readonly deleted: (plane: Plane, atMs: number) => void;
  /** Called when the clock was set: all times before were on another one. */
  readonly shiftClock: (byMs: number) => void;
  readonly forgetKind: (scope: WatchScope) => void;
}

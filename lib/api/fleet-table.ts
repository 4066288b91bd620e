import type { TableColumn } from '@/lib/plane/json/json-table';
import type { FleetSnapshot } from './fleet';

/**
 * A part of a snapshot by columns, which only Planeboard's own pages request: `?format=columns`. A snapshot has at least
 * one part, and the id of the last one is that of the snapshot. Changes since its revision may be in it already.
 */
export interface FleetPart {
  readonly part: number;
  readonly parts: number;
  /** The API server's time, RFC 3339. */
  readonly serverTime: string;
  /** Everything but the planes; in the first part only. */
  readonly envelope?: Omit<FleetSnapshot, 'planes'>;
  /** Planes as in a snapshot, each with `nextChangeAtMs`: when its health changes by time alone; null: never. */
  readonly planes: TableColumn;
}

/** How many planes a part has. The server encodes a part in some 10 ms, and answers others between two parts. */
export const PLANES_PER_PART = 500;

import type { AttentionState } from '@/lib/plane/health/attention';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { LastKnown } from '@/lib/plane/health/last-known';
import type { Role, Scope } from '@/lib/plane/model/kinds';
import type { CertificateTrait } from './certificate-trait';

/** A plane in the list, with its attention. */
export interface FleetEntry extends JudgedPlane {
  /** Its attention, used in every count, filter and order: its health, or that it is in maintenance. */
  readonly attention: AttentionState;
  /**
   * When this reader saw the plane enter its state, milliseconds since the epoch on the API server's clock; null: it has
   * been in that state since the reader began, or nothing is known.
   */
  readonly seenSinceMs: number | null;
  /** What was known at the last contact. Absent while its health is known. The plane counts as unknown all the same. */
  readonly lastKnown?: LastKnown;
}

/** Returns the state that the list shows, sorts and groups a plane by. Without contact, it is the last known one. */
export function shownState({ attention, lastKnown }: FleetEntry): AttentionState {
  return attention === 'unknown' && lastKnown ? lastKnown.health.state : attention;
}

/** Columns that every plane has. Labels are additional columns, named `label:<key>`. */
export const SORT_COLUMNS = [
  'name',
  'health',
  'since',
  'kind',
  'planeID',
  'certificate',
  'agents',
  'heartbeat',
  'created',
  'owner',
] as const;
/** Columns that are shown only on request. */
export const EXTRA_COLUMNS = ['owner', 'certificate', 'created'] as const;
export type ExtraColumn = (typeof EXTRA_COLUMNS)[number];
export type LabelColumn = `label:${string}`;
export type SortColumn = (typeof SORT_COLUMNS)[number] | LabelColumn;
export interface FleetSort {
  readonly by: SortColumn;
  readonly descending: boolean;
}

/** What rows are grouped by: attention, role, owner, physical cluster (role and planeID), or a label's value. */
export type GroupBy = 'health' | 'role' | 'owner' | 'planeID' | LabelColumn;

/** Everything that a person chose about the list. An empty filter doesn't restrict. */
export interface FleetView {
  readonly q: string;
  readonly health: readonly AttentionState[];
  readonly roles: readonly Role[];
  readonly kinds: readonly string[];
  readonly scopes: readonly Scope[];
  readonly namespaces: readonly string[];
  /** Owners as the rows have them; `NO_OWNER` stands for planes without one. */
  readonly owners: readonly string[];
  /** `key=value`, or `key` for any value. Values of one key are alternatives; different keys must all match. */
  readonly labels: readonly string[];
  /** Traits of the CAs that verify agents. */
  readonly certificates: readonly CertificateTrait[];
  /** Label keys shown as columns. */
  readonly columns: readonly string[];
  readonly extras: readonly ExtraColumn[];
  readonly sort: FleetSort;
  readonly group: GroupBy | null;
  /** Keys of the folded groups. */
  readonly closed: readonly string[];
}

/** In a filter, stands for planes without an owner. No owner is an empty text. */
export const NO_OWNER = '';

/** Worst first, so what needs action is on top. */
export const DEFAULT_SORT: FleetSort = { by: 'health', descending: false };

const NO_FILTERS = {
  q: '',
  health: [],
  roles: [],
  kinds: [],
  scopes: [],
  namespaces: [],
  owners: [],
  labels: [],
  certificates: [],
} as const satisfies Partial<FleetView>;

export const DEFAULT_VIEW: FleetView = {
  ...NO_FILTERS,
  columns: [],
  extras: [],
  sort: DEFAULT_SORT,
  group: null,
  closed: [],
};

const FILTERS = [
  'health',
  'roles',
  'kinds',
  'scopes',
  'namespaces',
  'owners',
  'labels',
  'certificates',
] as const;

/** Returns whether the view has a search or a filter. */
export function isFiltered(view: FleetView): boolean {
  return view.q.trim() !== '' || FILTERS.some((name) => view[name].length > 0);
}

/** The fleet by the end of its CAs: every plane, the most urgent first. */
export const CERTIFICATES_VIEW: FleetView = {
  ...DEFAULT_VIEW,
  extras: ['certificate'],
  sort: { by: 'certificate', descending: false },
};

/** Returns whether the list shows when the CAs end: on request, or when it is sorted or filtered by them. */
export function showsCertificates({ extras, sort, certificates }: FleetView): boolean {
  return extras.includes('certificate') || sort.by === 'certificate' || certificates.length > 0;
}

/** Returns the view without search and filters; columns, sorting and grouping stay. */
export function withoutFilters(view: FleetView): FleetView {
  return { ...view, ...NO_FILTERS };
}

/** Returns the label key of a label column, or undefined for any other column. */
export function labelKeyOf(column: SortColumn | GroupBy): string | undefined {
  return column.startsWith('label:') ? column.slice('label:'.length) : undefined;
}

import {
  EXTRA_COLUMNS,
  type ExtraColumn,
  type FleetSort,
  type FleetView,
  labelKeyOf,
  type SortColumn,
  showsCertificates,
} from '@/lib/plane/fleet/fleet-view';
import { type ColumnSettings, DEFAULT_COLUMNS } from './column-settings';

export interface Column {
  readonly id: SortColumn;
  readonly title: string;
  /** Width on a wide screen; the reason takes the rest. */
  readonly width: string;
  /** The width that a person gave it, in pixels; null: none. */
  readonly widthPx: number | null;
  /** Whether it makes room for a chosen column on all but wide screens. */
  readonly yields: boolean;
}

type Plain = Omit<Column, 'widthPx' | 'yields'>;

/** The name, and what one comes for: the state with its reason, and since when. */
const FIRST: readonly Plain[] = [
  { id: 'name', title: 'Plane', width: 'w-[23%]' },
  { id: 'health', title: 'Health', width: '' },
  { id: 'since', title: 'Since', width: 'w-26' },
];

const PLACE: readonly Plain[] = [
  { id: 'kind', title: 'Kind', width: 'w-[13%]' },
  { id: 'planeID', title: 'Plane ID', width: 'w-[11%]' },
];

const NUMBERS: readonly Plain[] = [
  { id: 'agents', title: 'Agents', width: 'w-18' },
  { id: 'heartbeat', title: 'Heartbeat', width: 'w-26' },
];

const EXTRAS: Record<ExtraColumn, Plain> = {
  certificate: { id: 'certificate', title: 'CA expires', width: 'w-60' },
  created: { id: 'created', title: 'Created', width: 'w-22' },
  owner: { id: 'owner', title: 'Owner', width: 'w-36' },
};

/** Columns that can't be hidden: without them, a row says neither what nor how. */
export const REQUIRED_COLUMNS: ReadonlySet<SortColumn> = new Set(['name', 'health']);

/**
 * Returns the list's columns in a person's order, without hidden ones and without those that no plane of this release
 * has a value for. What the list is sorted by is always shown.
 *
 * @param empty the columns in which every plane lacks a value
 */
export function columnsOf(
  view: FleetView,
  settings: ColumnSettings = DEFAULT_COLUMNS,
  empty: ReadonlySet<SortColumn> = NONE_EMPTY,
): readonly Column[] {
  return orderedColumns(view, settings)
    .filter(({ id }) => id === view.sort.by || !(settings.hidden.includes(id) || empty.has(id)))
    .map((column, index) => ({
      ...column,
      widthPx: settings.widthsPx[column.id] ?? null,
      // The first one has the rows' checkboxes.
      yields: index > 0 && yieldsRoom(view, column.id),
    }));
}

const NONE_EMPTY: ReadonlySet<SortColumn> = new Set();

/** Returns all columns of a view in a person's order, also those that are hidden. New ones are at their usual place. */
export function orderedColumns(view: FleetView, { order }: ColumnSettings): readonly Plain[] {
  const labels = view.columns.map((key): Plain => ({ id: `label:${key}`, title: key, width: 'w-30' }));
  const extras = EXTRA_COLUMNS.filter((id) => showsExtra(view, id)).map((id) => EXTRAS[id]);
  const usual = [...FIRST, ...PLACE, ...labels, ...extras, ...NUMBERS];
  const placeOf = (column: Plain) => {
    const chosen = order.indexOf(column.id);
    return chosen === -1 ? usual.indexOf(column) : chosen;
  };
  return order.length === 0 ? usual : usual.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Whether a column is shown on wide screens alone, because the person chose other columns. Otherwise, the reason would have
 * no room, or the list would scroll sideways.
 */
export function yieldsRoom(view: FleetView, id: SortColumn): boolean {
  return YIELDING.has(id) && id !== view.sort.by && orderedColumns(view, DEFAULT_COLUMNS).some(isChosen);
}

/** The plane's page and the search show them too. */
const YIELDING: ReadonlySet<SortColumn> = new Set(['kind', 'planeID']);

function isChosen({ id }: Plain): boolean {
  return labelKeyOf(id) !== undefined || EXTRA_COLUMNS.some((extra) => extra === id);
}

function showsExtra(view: FleetView, id: ExtraColumn): boolean {
  return id === 'certificate' ? showsCertificates(view) : view.extras.includes(id) || view.sort.by === id;
}

/**
 * Indexed by the number of chosen columns. The class names are complete because Tailwind reads them from the source.
 */
const MIN_WIDTHS = [
  'lg:min-w-[58rem]',
  'lg:min-w-[58rem] xl:min-w-[68rem]',
  'lg:min-w-[58rem] xl:min-w-[78rem]',
  'lg:min-w-[68rem] xl:min-w-[88rem]',
  'lg:min-w-[78rem] xl:min-w-[98rem]',
] as const;
const MOST_COLUMNS = 'lg:min-w-[98rem] xl:min-w-[122rem]';

/** Returns the list's minimum width. With more columns the list scrolls sideways instead of squeezing the names. */
export function minWidthOf(columns: readonly Column[]): string {
  return MIN_WIDTHS[columns.filter(isChosen).length] ?? MOST_COLUMNS;
}

const NUMERIC: ReadonlySet<SortColumn> = new Set(['since', 'certificate', 'agents', 'heartbeat', 'created']);

/** Whether a column holds numbers or times, which align right. */
export function isNumeric(column: SortColumn): boolean {
  return NUMERIC.has(column);
}

/** Returns the sorting after a click on a column; a second click reverses it. */
export function nextSort(sort: FleetSort, by: SortColumn): FleetSort {
  return { by, descending: sort.by === by && !sort.descending };
}

/** Describes the order of a sorting, for the hint in the table head. */
export function sortText({ by, descending }: FleetSort): string {
  if (by === 'health') return descending ? 'best first' : 'worst first';
  if (by === 'certificate') return descending ? 'latest expiry first' : 'earliest expiry first';
  if (by === 'since') return descending ? 'latest change first' : 'earliest change first';
  if (by === 'heartbeat' || by === 'created') return descending ? 'newest first' : 'oldest first';
  if (by === 'agents') return descending ? 'most first' : 'fewest first';
  return descending ? 'Z to A' : 'A to Z';
}

import {
  type FleetSort,
  type FleetView,
  type SortColumn,
  showsCertificates,
} from '@/lib/plane/fleet/fleet-view';

export interface Column {
  readonly id: SortColumn;
  readonly title: string;
  /** Width on a wide screen; the name column takes the rest. */
  readonly width: string;
}

const FIXED: readonly Column[] = [
  { id: 'health', title: 'Health', width: 'w-[27%]' },
  { id: 'name', title: 'Plane', width: '' },
  { id: 'kind', title: 'Kind', width: 'w-[16%]' },
  { id: 'planeID', title: 'Plane ID', width: 'w-[13%]' },
];

/** Narrower widths for use beside label columns, so the names keep their room. */
const TIGHTER: Partial<Record<SortColumn, string>> = {
  health: 'w-[23%]',
  kind: 'w-[14%]',
  planeID: 'w-[12%]',
};

const NUMBERS: readonly Column[] = [
  { id: 'agents', title: 'Agents', width: 'w-18' },
  { id: 'heartbeat', title: 'Heartbeat', width: 'w-28' },
  { id: 'created', title: 'Created', width: 'w-22' },
];

const CERTIFICATE: Column = { id: 'certificate', title: 'CA expires', width: 'w-60' };

/** Returns the list's columns, with the chosen ones between text and numbers. */
export function columnsOf(view: FleetView): readonly Column[] {
  const labels = view.columns.map((key): Column => ({ id: `label:${key}`, title: key, width: 'w-30' }));
  const chosen = showsCertificates(view) ? [...labels, CERTIFICATE] : labels;
  if (chosen.length === 0) return [...FIXED, ...NUMBERS];
  const tighter = FIXED.map((column): Column => ({ ...column, width: TIGHTER[column.id] ?? column.width }));
  return [...tighter, ...chosen, ...NUMBERS];
}

/**
 * Indexed by the number of chosen columns. The class names are complete because Tailwind reads them from the source.
 */
const MIN_WIDTHS = [
  'lg:min-w-[58rem]',
  'lg:min-w-[72rem]',
  'lg:min-w-[82rem]',
  'lg:min-w-[92rem]',
  'lg:min-w-[102rem]',
  'lg:min-w-[126rem]',
] as const;

/** Returns the list's minimum width. With more columns the list scrolls sideways instead of squeezing the names. */
export function minWidthOf(columns: readonly Column[]): string {
  const chosen = columns.length - FIXED.length - NUMBERS.length;
  return MIN_WIDTHS[chosen] ?? 'lg:min-w-[126rem]';
}

/** Whether a column holds numbers or times, which align right. */
export function isNumeric(column: SortColumn): boolean {
  return column === 'certificate' || column === 'agents' || column === 'heartbeat' || column === 'created';
}

/** Returns the sorting after a click on a column; a second click reverses it. */
export function nextSort(sort: FleetSort, by: SortColumn): FleetSort {
  return { by, descending: sort.by === by && !sort.descending };
}

/** Describes the order of a sorting, for the hint in the table head. */
export function sortText({ by, descending }: FleetSort): string {
  if (by === 'health') return descending ? 'best first' : 'worst first';
  if (by === 'certificate') return descending ? 'latest expiry first' : 'earliest expiry first';
  if (by === 'heartbeat' || by === 'created') return descending ? 'newest first' : 'oldest first';
  if (by === 'agents') return descending ? 'most first' : 'fewest first';
  return descending ? 'Z to A' : 'A to Z';
}

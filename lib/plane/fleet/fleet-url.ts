import { ATTENTION_STATES } from '@/lib/plane/health/attention';
import { PLANE_KINDS, ROLES, SCOPES } from '@/lib/plane/model/kinds';
import { CERTIFICATE_TRAITS } from './certificate-trait';
import {
  DEFAULT_SORT,
  DEFAULT_VIEW,
  EXTRA_COLUMNS,
  type FleetSort,
  type FleetView,
  type GroupBy,
  NO_OWNER,
  SORT_COLUMNS,
  type SortColumn,
} from './fleet-view';

/** Anyone can write a link, so longer values are cut to keep the page fast. */
const MAX_QUERY_CHARS = 200;
const MAX_LIST_ITEMS = 100;

/** Anything with `get`: URLSearchParams in the browser, Next's search parameters on the server. */
interface Params {
  get(name: string): string | null;
}

function list(params: Params, name: string): string[] {
  const values = (params.get(name) ?? '').split(',').filter(Boolean);
  return [...new Set(values)].slice(0, MAX_LIST_ITEMS);
}

function known<T extends string>(values: readonly string[], all: readonly T[]): T[] {
  return all.filter((item) => values.includes(item));
}

/** Stands for planes without an owner. */
const NO_OWNER_WORD = 'none';

/** Owners are free text, so one with a comma, or called like the word for none, is encoded. */
function encodedOwner(owner: string): string {
  if (owner === NO_OWNER) return NO_OWNER_WORD;
  return owner === NO_OWNER_WORD ? '%6Eone' : owner.replace(/[%,]/g, encodeURIComponent);
}

function decodedOwner(text: string): string {
  if (text === NO_OWNER_WORD) return NO_OWNER;
  return text.replace(/%(25|2C|6E)/g, (escaped) => decodeURIComponent(escaped));
}

function isLabelColumn(text: string): text is `label:${string}` {
  return text.startsWith('label:') && text.length > 'label:'.length;
}

function parseSort(text: string | null): FleetSort {
  if (!text) return DEFAULT_SORT;
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const by: SortColumn | undefined = SORT_COLUMNS.find((column) => column === name);
  if (by) return { by, descending };
  return isLabelColumn(name) ? { by: name, descending } : DEFAULT_SORT;
}

function parseGroup(text: string | null): GroupBy | null {
  if (text === 'health' || text === 'role' || text === 'owner' || text === 'planeID') return text;
  return text && isLabelColumn(text) ? text : null;
}

/** Reads the view from a query string. Never fails: unknown values count as absent. */
export function parseFleetView(params: Params): FleetView {
  return {
    ...DEFAULT_VIEW,
    q: (params.get('q') ?? '').slice(0, MAX_QUERY_CHARS),
    health: known(list(params, 'health'), ATTENTION_STATES),
    roles: known(list(params, 'role'), ROLES),
    kinds: known(
      list(params, 'kind'),
      PLANE_KINDS.map((entry) => entry.kind),
    ),
    scopes: known(list(params, 'scope'), SCOPES),
    namespaces: list(params, 'namespace'),
    owners: list(params, 'owner').map(decodedOwner),
    labels: list(params, 'label'),
    certificates: known(list(params, 'certificate'), CERTIFICATE_TRAITS),
    columns: list(params, 'columns'),
    extras: known(list(params, 'show'), EXTRA_COLUMNS),
    sort: parseSort(params.get('sort')),
    group: parseGroup(params.get('group')),
    closed: list(params, 'closed'),
  };
}

/** Returns the shortest query string of a view, with its `?`; empty for the default view. */
export function fleetViewSearch(view: FleetView): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string) => {
    if (value !== '') params.set(name, value);
  };
  set('q', view.q);
  set('health', view.health.join(','));
  set('role', view.roles.join(','));
  set('kind', view.kinds.join(','));
  set('scope', view.scopes.join(','));
  set('namespace', view.namespaces.join(','));
  set('owner', view.owners.map(encodedOwner).join(','));
  set('label', view.labels.join(','));
  set('certificate', view.certificates.join(','));
  set('columns', view.columns.join(','));
  set('show', view.extras.join(','));
  const { by, descending } = view.sort;
  if (by !== DEFAULT_SORT.by || descending) set('sort', `${descending ? '-' : ''}${by}`);
  set('group', view.group ?? '');
  set('closed', view.group === null ? '' : view.closed.join(','));
  // Commas are legal in a query, and keep the link readable.
  const search = params
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3D', '=')
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':');
  return search === '' ? '' : `?${search}`;
}

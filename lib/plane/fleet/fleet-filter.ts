import {
  ATTENTION_STATES,
  type AttentionCounts,
  type AttentionState,
  countAttention,
} from '@/lib/plane/health/attention';
import { kindOfName } from '@/lib/plane/model/kinds';
import { labelTest } from '@/lib/plane/model/labels';
import type { Plane } from '@/lib/plane/model/plane';
import { certificateTraits } from './certificate-trait';
import { type FleetEntry, type FleetView, NO_OWNER, shownState } from './fleet-view';

const searchTexts = new WeakMap<Plane, string>();

/** Folds case, accents and width (such as full-width Latin), which a search ignores. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Returns all searchable text of a plane. Folded once per object, so a keystroke doesn't fold anything. */
function searchText(plane: Plane): string {
  let text = searchTexts.get(plane);
  if (text === undefined) {
    const labels = Object.entries(plane.labels).map(([key, value]) => `${key}=${value}`);
    text = fold(
      [
        plane.displayName,
        plane.name,
        plane.namespace,
        plane.planeID,
        plane.description,
        plane.owner,
        plane.runbookUrl,
        ...labels,
      ]
        .filter(Boolean)
        .join('\n'),
    );
    searchTexts.set(plane, text);
  }
  return text;
}

/** Folds all texts before the first keystroke, which would otherwise be slow: 10,000 planes take some 60 ms. */
export function prepareSearch(entries: Iterable<FleetEntry>): void {
  for (const entry of entries) searchText(entry.plane);
}

/**
 * Returns a test of one plane against search and filters, prepared once for many planes. Excludes health, because the
 * counts by health are based on what the other filters leave.
 */
function planeMatcher(view: FleetView): (plane: Plane) => boolean {
  const terms = fold(view.q).split(/\s+/).filter(Boolean);
  const roles = new Set<string>(view.roles);
  const kinds = new Set(view.kinds);
  const scopes = new Set<string>(view.scopes);
  const namespaces = new Set(view.namespaces);
  const owners = new Set(view.owners);
  const hasLabels = labelTest(view.labels);

  return (plane) => {
    if (kinds.size > 0 && !kinds.has(plane.kind)) return false;
    if (namespaces.size > 0 && (plane.namespace === undefined || !namespaces.has(plane.namespace)))
      return false;
    if (owners.size > 0 && !owners.has(plane.owner ?? NO_OWNER)) return false;
    if (roles.size > 0 || scopes.size > 0) {
      const entry = kindOfName(plane.kind);
      if (!entry) return false;
      if (roles.size > 0 && !roles.has(entry.role)) return false;
      if (scopes.size > 0 && !scopes.has(entry.scope)) return false;
    }
    if (!hasLabels(plane)) return false;
    if (terms.length === 0) return true;
    const text = searchText(plane);
    return terms.every((term) => text.includes(term));
  };
}

/** Returns a test of one judged plane against the certificate filter. */
function certificateMatcher({ certificates }: FleetView): (entry: FleetEntry) => boolean {
  if (certificates.length === 0) return () => true;
  const wanted = new Set(certificates);
  return (entry) => certificateTraits(entry).some((trait) => wanted.has(trait));
}

/** Without contact, a plane is unknown, and a filter by its last known state keeps it. */
function isWanted(entry: FleetEntry, wanted: ReadonlySet<AttentionState>): boolean {
  return wanted.has(entry.attention) || wanted.has(shownState(entry));
}

/** Counts entries by attention. */
export function countEntries(entries: readonly FleetEntry[]): AttentionCounts {
  return countAttention(entries.map(({ attention }) => attention));
}

/** Returns the states that any plane of the fleet is in, worst first, whatever the view shows. */
export function presentStates(entries: readonly FleetEntry[]): readonly AttentionState[] {
  const present = new Set(entries.map(({ attention }) => attention));
  return ATTENTION_STATES.filter((state) => present.has(state));
}

export interface FilteredEntries<T extends FleetEntry> {
  readonly entries: readonly T[];
  /** Counts after every filter except health, so a count says how many planes a click on it would show. */
  readonly counts: AttentionCounts;
}

/** Returns the entries that the view shows, in the given order, and the counts for the health filters. */
export function filterEntries<T extends FleetEntry>(
  entries: readonly T[],
  view: FleetView,
): FilteredEntries<T> {
  const matches = planeMatcher(view);
  const matchesCertificate = certificateMatcher(view);
  const candidates = entries.filter((entry) => matches(entry.plane) && matchesCertificate(entry));
  const wanted = new Set<AttentionState>(view.health);
  return {
    entries: wanted.size === 0 ? candidates : candidates.filter((entry) => isWanted(entry, wanted)),
    counts: countEntries(candidates),
  };
}

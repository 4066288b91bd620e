import type { InlineValue } from '@/components/plane/save-value';
import { labelOf } from '@/lib/plane/model/labels';
import type { Plane } from '@/lib/plane/model/plane';
import { formatCount } from '@/lib/plane/model/text';

/** Labels to set, and with null those to remove. */
export type LabelChanges = Readonly<Record<string, string | null>>;

/** Returns the labels of the given changes as a value of a plane; other labels aren't compared or written. */
export function labelsValue(wanted: LabelChanges): InlineValue<LabelChanges> {
  const keys = Object.keys(wanted).toSorted();
  return {
    textOf: (plane) => JSON.stringify(keys.map((key) => labelOf(plane, key) ?? null)),
    changes: (labels) => ({ labels }),
    textAfter: (labels) => JSON.stringify(keys.map((key) => labels[key] ?? null)),
    theirs: () => 'changed these labels',
    howToOverride: 'Save again to overwrite them.',
  };
}

/** A label key that some of the planes have. */
export interface UsedLabel {
  readonly key: string;
  readonly planes: number;
  /** Its values, most frequent first. */
  readonly values: readonly string[];
}

/** Returns the labels of planes, in the order of their keys. */
export function usedLabels(planes: readonly Pick<Plane, 'labels'>[]): readonly UsedLabel[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { labels } of planes)
    for (const [key, value] of Object.entries(labels)) {
      const values = counts.get(key) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      counts.set(key, values);
    }
  return [...counts]
    .map(([key, values]) => ({
      key,
      planes: [...values.values()].reduce((sum, count) => sum + count, 0),
      values: [...values].toSorted(([, a], [, b]) => b - a).map(([value]) => value),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const MAX_SHOWN_VALUES = 3;

/** Describes the values of a label: `prod, dev and 4 more`. */
export function valuesText({ values }: UsedLabel): string {
  const shown = values.slice(0, MAX_SHOWN_VALUES).map((value) => value || '(empty)');
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${formatCount(more)} more` : shown.join(', ');
}

/** Describes changes of labels in a line: `set env=prod, remove team`. */
export function labelChangesText(changes: LabelChanges): string {
  return Object.entries(changes)
    .map(([key, value]) => (value === null ? `remove ${key}` : `set ${key}=${value}`))
    .join(', ');
}

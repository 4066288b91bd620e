'use client';

import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneValue, useValueChange, type ValueChange } from './use-value-change';

/** The words of a plane that are changed where they stand. */
export type InlineField = 'displayName' | 'description';

const VALUES: Record<InlineField, PlaneValue<string>> = {
  displayName: textOf('displayName'),
  description: textOf('description'),
};

/** Changes one text of a plane; an empty one takes it away. */
export function useInlineChange(plane: Plane, field: InlineField): ValueChange<string> {
  return useValueChange(plane, VALUES[field]);
}

function textOf(field: InlineField): PlaneValue<string> {
  return {
    seen: (plane) => plane[field] ?? '',
    changes: (text) => ({ [field]: text.trim() === '' ? null : text.trim() }),
    theirs: (plane) => (plane[field] === undefined ? 'took it away' : `made it “${plane[field]}”`),
    again: 'Save again to put yours in its place.',
  };
}

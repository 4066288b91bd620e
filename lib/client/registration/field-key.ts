import type { DraftPath } from '@/lib/plane/draft/draft';

/** A draft path as one text: the name under which the page finds the field, and sets keep it. */
export function fieldKey(path: DraftPath): string {
  return path.join('.');
}

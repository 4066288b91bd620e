import { joinSome } from '@/lib/plane/model/text';
import type { FieldPath } from './traced-fields';
import { fieldText } from './write-text';

const MAX_SHOWN_FIELDS = 6;

/** Says why the API server may store something else than was requested. */
export const ADMISSION_HINT = 'Admission policies and webhooks in the cluster can change a request.';

/**
 * Names the fields that the API server hasn't stored, or wouldn't store, as requested. Webhooks also alter values, so it
 * doesn't say that nothing was stored.
 *
 * @param isDryRun whether nothing has been written yet
 */
export function notStoredText(
  fields: readonly FieldPath[],
  { isDryRun }: { readonly isDryRun: boolean },
): string {
  const names = joinSome(fields.map(fieldText), MAX_SHOWN_FIELDS);
  return `${isDryRun ? "Won't be stored" : 'Not stored'} as requested: ${names}.`;
}

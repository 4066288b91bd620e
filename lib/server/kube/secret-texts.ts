import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { redactObject } from '@/lib/plane/model/redact';

/** Everything of a resource that is masked when it is shown: no text that others wrote about it may repeat one of these. */
export function secretTexts(raw: JsonObject): string[] {
  return redactObject(raw)
    .masked.map((path) => valueAt(raw, path))
    .flatMap((value) => (typeof value === 'string' ? [value] : []));
}

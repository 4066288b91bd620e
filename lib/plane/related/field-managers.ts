import type { FieldManager } from './related-resources';
import { resourceMetadata } from './resource-metadata';

/**
 * Who wrote a resource, newest first, by its managedFields: one for each field manager, operation and subresource. The
 * API server moves an entry's time whenever its manager changes a value, in whole seconds. Entries without a time come
 * last.
 *
 * @param raw the resource as the API server serves it
 */
export function fieldManagersOf(raw: unknown): FieldManager[] {
  return resourceMetadata(raw)
    .managedFields.map(({ manager, operation, time, subresource }) => ({
      manager,
      operation,
      at: time ?? null,
      subresource: subresource ?? null,
    }))
    .toSorted((a, b) => timeOf(b) - timeOf(a));
}

function timeOf({ at }: FieldManager): number {
  const ms = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? 0 : ms;
}

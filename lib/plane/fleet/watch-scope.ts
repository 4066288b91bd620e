/** What one watch covers: a whole kind or, with a namespace, the planes of a kind in that namespace. */
export interface WatchScope {
  readonly plural: string;
  readonly namespace?: string | undefined;
}

/** Returns the scope as a text that differs from those of all other scopes. */
export function scopeKey({ plural, namespace }: WatchScope): string {
  return namespace === undefined ? plural : `${plural}/${namespace}`;
}

/** Returns what is stored for the scope that covers a plane or a narrower scope; undefined if none does. */
export function coveringValue<T>(
  values: ReadonlyMap<string, T>,
  { plural, namespace }: WatchScope,
): T | undefined {
  const ofKind = values.get(plural);
  return ofKind !== undefined || namespace === undefined
    ? ofKind
    : values.get(scopeKey({ plural, namespace }));
}

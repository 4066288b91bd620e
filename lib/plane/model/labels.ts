import type { Plane } from './plane';

/**
 * Returns the value of a plane's label, or undefined if it has none. The key may come from an address, and every object
 * inherits a `constructor`.
 */
export function labelOf({ labels }: Pick<Plane, 'labels'>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Returns the wanted values of each label key; `null` accepts any value. */
export function labelWants(labels: readonly string[]): Map<string, Set<string> | null> {
  const wants = new Map<string, Set<string> | null>();
  for (const label of labels) {
    const at = label.indexOf('=');
    const key = at < 0 ? label : label.slice(0, at);
    const known = wants.get(key);
    if (at < 0) wants.set(key, null);
    else if (known) known.add(label.slice(at + 1));
    else if (known === undefined) wants.set(key, new Set([label.slice(at + 1)]));
  }
  return wants;
}

/**
 * Returns a test of one plane's labels, prepared once for many planes.
 *
 * @param wanted `key=value`, or `key` for any value. Values of one key are alternatives; different keys must all match
 */
export function labelTest(wanted: readonly string[]): (plane: Pick<Plane, 'labels'>) => boolean {
  const wants = [...labelWants(wanted)];
  return (plane) =>
    wants.every(([key, values]) => {
      const value = labelOf(plane, key);
      return value !== undefined && (values === null || values.has(value));
    });
}

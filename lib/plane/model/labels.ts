import type { Plane } from './plane';

/**
 * Returns the value of a plane's label, or undefined if it has none. The key may come from an address, and every object
 * inherits a `constructor`.
 */
export function labelOf({ labels }: Pick<Plane, 'labels'>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

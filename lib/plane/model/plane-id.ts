import type { Plane } from './plane';

/** Where a plane's planeID comes from: its spec, or its name, because the spec sets none. Null: it has none. */
export type PlaneIdOrigin = 'spec' | 'name' | null;

/**
 * Returns the origin of a plane's planeID, so that every place that shows it says the same.
 *
 * @param plane its `planeID` is the one that the gateway uses
 * @param spec the spec as stored
 */
export function planeIdOrigin({ planeID }: Pick<Plane, 'planeID'>, spec: unknown): PlaneIdOrigin {
  if (planeID === null) return null;
  const given = typeof spec === 'object' && spec !== null && 'planeID' in spec ? spec.planeID : undefined;
  return given === undefined || given === null || given === '' ? 'name' : 'spec';
}

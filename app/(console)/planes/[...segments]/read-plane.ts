import 'server-only';
import { cache } from 'react';
import { pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { type PlaneIdentity, parsePlaneSegments, planeKey } from '@/lib/plane/model/plane-path';
import { getPlaneDetail } from '@/lib/server/fleet/get-plane-detail';

/** What could be found out about the plane that a path names. */
export type ReadPlane =
  | { readonly state: 'read'; readonly detail: PlaneDetail }
  /** It cannot be read now; `plane` is what the fleet remembers of it. */
  | { readonly state: 'remembered'; readonly plane: FleetPlane }
  | {
      readonly state: 'unknown';
      readonly identity: PlaneIdentity;
      readonly problem: string;
      readonly forbidden: boolean;
    }
  | { readonly state: 'none' };

/** Errors are told apart by their code, because `instanceof` fails across Next's copies of a module. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function identityOf(segments: readonly string[]): PlaneIdentity | undefined {
  const decoded = segments.map(decode);
  return decoded.every((segment) => segment !== undefined) ? parsePlaneSegments(decoded) : undefined;
}

/**
 * Reads the plane that the path names, once a request. Only the API server's own word makes a plane missing: while it
 * cannot be asked, whether the plane exists is unknown.
 */
export const readPlane = cache(async (path: string): Promise<ReadPlane> => {
  const identity = identityOf(path.split('/'));
  if (!identity) return { state: 'none' };
  try {
    return { state: 'read', detail: await getPlaneDetail(await pageCaller(), identity) };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || code === 'internal') throw error;
    if (code === 'not-found') return { state: 'none' };
    const forbidden = code === 'forbidden';
    const key = planeKey(identity);
    const plane = (await pageSnapshot()).planes.find((item) => planeKey(item) === key);
    if (plane && !forbidden) return { state: 'remembered', plane };
    const problem = error instanceof Error ? error.message : '';
    return { state: 'unknown', identity, problem, forbidden };
  }
});

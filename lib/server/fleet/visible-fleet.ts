import 'server-only';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import type { ReferenceResolver } from '@/lib/plane/related/observability-target';
import type { View } from '@/lib/server/rights/view';
import type { FleetEngine } from './fleet-engine';

/** The fleet as one caller may see it. */
export interface VisibleFleet {
  readonly resolveReference: ReferenceResolver;
  readonly planes: () => Generator<Plane>;
  /** Whether all planes of the kind are known and visible: it has been listed, or isn't served. */
  readonly isComplete: (plural: string) => boolean;
}

/**
 * Returns which planes exist, as far as the caller may know. A plane is missing only if its kind was listed where it would
 * be, and the caller could see it there. A kind that isn't served has no planes.
 */
export function visibleFleet(engine: FleetEngine, view: View): VisibleFleet {
  const { sources } = engine;
  const isComplete = (plural: string) => view.reachOf(plural) === 'all' && sources.isComplete(plural);
  return {
    isComplete,
    resolveReference: (target) => {
      const plural = kindOfName(target.kind)?.plural;
      if (plural === undefined) return 'missing';
      const plane = engine.peek(target);
      const place = { plural, namespace: target.namespace, name: target.name };
      if (!view.sees(place)) return 'not-visible';
      if (plane) return 'found';
      return !sources.isServed(plural) || sources.isListed(place) ? 'missing' : 'not-visible';
    },
    *planes() {
      for (const plane of engine.planes()) if (view.sees(plane)) yield plane;
    },
  };
}

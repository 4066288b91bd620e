import 'server-only';
import type { RelatedResourcesAnswer } from '@/lib/api/related-resources';
import { deletionRule, isUnreconciled } from '@/lib/plane/deletion/deletion-rule';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { droppedFields } from '@/lib/plane/related/dropped-fields';
import { fieldManagersOf } from '@/lib/plane/related/field-managers';
import type { ObjectRef } from '@/lib/plane/related/related-resources';
import type { ServedKind } from '@/lib/server/catalog/catalog-reader';
import { readPlane } from '@/lib/server/fleet/read-plane';
import { ProblemError } from '@/lib/server/http/problem';
import { getConfig } from '@/lib/server/process/config';
import { type AccessQuestion, reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { readAgentCa } from './agent-ca';
import { readControlPlane } from './control-plane';
import { findManagingTool } from './managing-tool';
import { findObservabilityTarget, referringPlanes } from './plane-references';
import { referringObjects } from './referring-objects';
import { type VisibleFleet, visibleFleet } from './visible-fleet';

/**
 * All that stands around one plane, read as the caller. The plane itself must be readable; of everything else whatever
 * may not or could not be read says so, within some seconds.
 *
 * @param identity checked by `parsePlaneSegments`: its parts become an API path
 * @throws a KubeError or ProblemError when the plane cannot be read, or while it is not known which kinds there are
 */
export async function getRelatedResources(
  caller: Caller,
  identity: PlaneIdentity,
): Promise<RelatedResourcesAnswer> {
  const read = await readPlane(caller, identity);
  const { entry, plane, raw, schema } = read;
  const { engine, catalog, clock } = getRuntime();
  const served = servedKinds();
  const fleet = visibleFleet(engine, await visiblePlanes(caller));
  const nowMs = clock.nowMs();
  const [ca, objects, controlPlane, owner, mayChange] = await Promise.all([
    readAgentCa(caller, read, (secret) => usersOf(secret, plane.uid, fleet), nowMs),
    referringObjects(caller, plane, fleet.lookUp, (kind) => catalog.schemaOf(kind)),
    readControlPlane(caller, getConfig().controlPlaneNamespace),
    findManagingTool(caller, raw, entry.kind),
    reviewAccess(caller, patchOf(identity)),
  ]);
  const planes = referringPlanes(entry, plane, served, fleet);
  const cutShort = [...objects.cutShort, ...planes.cutShort];
  const entries = served.map((kind) => kind.entry);
  return {
    serverTime: new Date(clock.nowMs()).toISOString(),
    resourceVersion: plane.resourceVersion,
    related: {
      ca,
      observability: findObservabilityTarget(entry, plane, served, fleet),
      referrers: [...objects.referrers, ...planes.referrers],
      referrersNotVisible: [...objects.notVisible, ...planes.notVisible],
      ...(cutShort.length > 0 ? { referrersCutShort: cutShort } : {}),
      owner,
      writers: fieldManagersOf(raw),
      mayChange,
      droppedFields: droppedFields(raw, schema),
      unreconciled: isUnreconciled(entry, entries),
      deletionRule: deletionRule(entry, entries),
      controlPlane,
    },
  };
}

/** The right that every change of the plane itself takes. */
function patchOf({ plural, namespace, name }: PlaneIdentity): AccessQuestion {
  return { verb: 'patch', group: PLANE_GROUP, resource: plural, namespace, name };
}

function servedKinds(): readonly ServedKind[] {
  const { kinds } = getRuntime().catalog.state;
  if (kinds) return kinds;
  throw new ProblemError('api-server-unreachable', 'Which plane kinds are installed has not been read yet.');
}

function usersOf(secret: string, ownUid: string, fleet: VisibleFleet): ObjectRef[] {
  const others = [...fleet.planes()].filter(({ uid }) => uid !== ownUid);
  return getRuntime().secretUses.planesNaming(secret, others);
}

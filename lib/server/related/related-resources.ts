import 'server-only';
import type { RelatedResourcesAnswer } from '@/lib/api/related';
import { deletionRule } from '@/lib/plane/deletion/deletion-rule';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { applicationUrl } from '@/lib/plane/related/application-url';
import { droppedFields } from '@/lib/plane/related/dropped-fields';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import type { AgentCa, ManagingTool } from '@/lib/plane/related/related-resources';
import { fieldManagersOf } from '@/lib/plane/related/resource-metadata';
import { servedKinds } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';
import { readPlane } from '@/lib/server/fleet/read-plane';
import { type VisibleFleet, visibleFleet } from '@/lib/server/fleet/visible-fleet';
import { requestedObject } from '@/lib/server/kube/requested-object';
import { type AccessQuestion, reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';
import { readAgentCa } from './agent-ca';
import { readControlPlane } from './control-plane';
import { findObservabilityTarget, referringPlanes } from './plane-references';
import { referringObjects } from './referring-objects';
import { planesSharingCa } from './shared-ca';

const READ_TIMEOUT_MS = 3000;
/** Argo CD's settings, which contain its own address, unless it is installed in another namespace. */
const ARGOCD_SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'argocd', name: 'argocd-cm' };
const ARGOCD_SETTINGS_PATH = '/api/v1/namespaces/argocd/configmaps/argocd-cm';

const settingsSchema = z.object({ data: z.object({ url: z.string().optional() }).optional() });

/**
 * Returns everything related to one plane, read as the caller. The plane itself must be readable. Anything else that
 * can't be read says so, within some seconds.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws KubeError or ProblemError when the plane can't be read, or while the installed kinds are unknown
 */
export async function getRelatedResources(
  caller: Caller,
  identity: PlaneIdentity,
): Promise<RelatedResourcesAnswer> {
  const read = await readPlane(caller, identity);
  const { entry, plane, raw, schema } = read;
  const { engine, catalog, certificates, clock } = getRuntime();
  certificates.viewed(plane.uid);
  const served = servedKinds();
  const fleet = visibleFleet(engine, await viewOf(caller));
  const nowMs = clock.nowMs();
  const [ca, objects, controlPlane, managedBy, mayChange] = await Promise.all([
    readAgentCa(caller, read, (secret) => usersOf(secret, plane.uid, fleet), nowMs),
    referringObjects(caller, plane, fleet.resolveReference, (kind) => catalog.schemaOf(kind)),
    readControlPlane(caller, getConfig().controlPlaneNamespace, clock),
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
      ca: { ...ca, ...sharing(planesSharingCa(plane, fingerprintsOf(ca), fleet)) },
      observability: findObservabilityTarget(entry, plane, served, fleet),
      referrers: [...objects.referrers, ...planes.referrers],
      referrersNotVisible: [...objects.notVisible, ...planes.notVisible],
      ...(cutShort.length > 0 ? { referrersCutShort: cutShort } : {}),
      managedBy,
      fieldManagers: fieldManagersOf(raw),
      mayChange,
      droppedFields: droppedFields(raw, schema),
      deletionRule: deletionRule(entry, entries),
      controlPlane,
    },
  };
}

function fingerprintsOf({ certificates }: AgentCa): string[] {
  return certificates.map(({ fingerprint }) => fingerprint);
}

function sharing(planes: ObjectRef[]): { sharedWith?: ObjectRef[] } {
  return planes.length === 0 ? {} : { sharedWith: planes };
}

/** The right that every change of the plane itself requires. */
function patchOf({ plural, namespace, name }: PlaneIdentity): AccessQuestion {
  return { verb: 'patch', group: PLANE_GROUP, resource: plural, namespace, name };
}

function usersOf(secret: string, ownUid: string, fleet: VisibleFleet): ObjectRef[] {
  const others = [...fleet.planes()].filter(({ uid }) => uid !== ownUid);
  return getRuntime().secretReferences.planesReferencing(secret, others);
}

/**
 * Returns the tool that manages a plane, with a link if its address is stored in the cluster and the caller may read
 * it. Only Argo CD has pages of its own. Never throws: without the address there is no link.
 *
 * @param raw the resource as the API server serves it, before managed fields are dropped
 */
async function findManagingTool(caller: Caller, raw: unknown, kind: string): Promise<ManagingTool | null> {
  const tool = managingToolOf(raw, kind);
  if (tool?.tool !== 'argocd' || tool.name === undefined) return tool;
  try {
    const { body } = await caller.client.request({ path: ARGOCD_SETTINGS_PATH, timeoutMs: READ_TIMEOUT_MS });
    const settings = settingsSchema.parse(requestedObject(body, ARGOCD_SETTINGS));
    const url = applicationUrl(settings.data?.url, tool.name);
    return url === null ? tool : { ...tool, url };
  } catch {
    // Not installed there, or this caller may not read it: the tool is still known.
    return tool;
  }
}

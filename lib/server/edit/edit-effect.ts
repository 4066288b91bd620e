import 'server-only';
import { storedMaterial } from '@/lib/plane/credentials/credential-place';
import { slotLabel } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { type EditConsequence, editConsequences } from '@/lib/plane/edit/edit-consequences';
import type { EditEffect, EditSide } from '@/lib/plane/edit/edit-effect';
import { knownAgents } from '@/lib/plane/health/fresh-agent';
import { connectionChange } from '@/lib/plane/history/connection-change';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { changedPaths, sameJson } from '@/lib/plane/json/merge-patch';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { siblingKey } from '@/lib/plane/model/references';
import { servedKinds } from '@/lib/server/catalog/served-kinds';
import { type VisibleFleet, visibleFleet } from '@/lib/server/fleet/visible-fleet';
import { type SecretReader, secretReader } from '@/lib/server/kube/read-secret';
import { findObservabilityTarget, referringPlanes } from '@/lib/server/related/plane-references';
import { referringObjects } from '@/lib/server/related/referring-objects';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { accessChange } from './access-change';
import { caChange } from './ca-change';
import { type LivePlane, parsedPlane, specOfObject } from './live-plane';

/**
 * Returns what an edit does to agents, siblings and users of a plane, as far as the caller may know.
 *
 * @param wanted the plane after the edit
 * @throws KubeError when a Secret couldn't be requested
 */
export async function consequencesOfEdit(
  caller: Caller,
  live: LivePlane,
  wanted: JsonObject,
): Promise<EditConsequence[]> {
  if (sameJson(live.spec, specOfObject(wanted))) return [];
  const { engine, catalog, clock } = getRuntime();
  const view = await viewOf(caller);
  const fleet = visibleFleet(engine, view);
  const readSecret = secretReader(caller);
  const [before, after] = [sideOf(live, live.raw, fleet), sideOf(live, wanted, fleet)];
  const [ca, access, objects, missingSecrets] = await Promise.all([
    caChange(live, wanted, readSecret, clock.nowMs()),
    accessChange(live, wanted, readSecret, clock.nowMs()),
    referringObjects(caller, before.plane, fleet.resolveReference, (kind) => catalog.schemaOf(kind)),
    missingSecretsOf(live, wanted, readSecret),
  ]);
  const { health, ...plane } = engine.withHealth(before.plane, view);
  const planes = referringPlanes(live.kind.entry, before.plane, servedKinds(), fleet);
  return editConsequences({
    before,
    after,
    connectedAgents: knownAgents({ plane, health }),
    lostPlaneId: lostPlaneId(caller, live, before.plane),
    ...ca,
    gatewayPaths: gatewayPaths(live.spec, specOfObject(wanted)),
    missingSecrets,
    access,
    referrers: [...objects.referrers, ...planes.referrers],
    referrersUnknown: [
      ...new Set([objects, planes].flatMap(({ notVisible, cutShort }) => [...notVisible, ...cutShort])),
    ],
  });
}

/** Judges by the same history as the plane's page, which offers to undo the change. */
function lostPlaneId({ user }: Caller, { identity }: LivePlane, plane: Plane): EditEffect['lostPlaneId'] {
  const change = connectionChange(getRuntime().history.of(identity, user).entries, plane);
  const planeID = change?.planeID?.before ?? null;
  return change === null || planeID === null ? null : { planeID, wasConnected: change.wasConnected };
}

function sideOf({ kind }: LivePlane, raw: JsonObject, fleet: VisibleFleet): EditSide {
  const plane = parsedPlane({ kind, raw });
  return {
    plane,
    siblings: siblingsOf(plane, fleet),
    observability: findObservabilityTarget(kind.entry, plane, servedKinds(), fleet),
    apiServerUrl: apiServerUrl(specOfObject(raw)),
  };
}

function siblingsOf(plane: Plane, fleet: VisibleFleet): ObjectRef[] {
  const key = siblingKey(plane);
  if (key === null) return [];
  return [...fleet.planes()]
    .filter((other) => other.uid !== plane.uid && siblingKey(other) === key)
    .map(({ kind, namespace, name }) => ({ kind, ...(namespace === undefined ? {} : { namespace }), name }));
}

/** Returns the address of a directly accessed API server: `server`, or in the oldest release among the credentials. */
function apiServerUrl(spec: JsonObject): string | null {
  const cluster = isJsonObject(spec.kubernetesCluster) ? spec.kubernetesCluster : {};
  const url = cluster.server ?? valueAt(cluster, ['credentials', 'apiServerURL']);
  return typeof url === 'string' && url !== '' ? url : null;
}

function gatewayPaths(before: JsonObject, after: JsonObject) {
  const part = ({ gateway }: JsonObject): JsonObject => (gateway === undefined ? {} : { gateway });
  return changedPaths(part(before), part(after)).map((path) => ['spec', ...path]);
}

/** Returns the changed credentials, except the agent's CA, whose Secret or key doesn't exist. */
async function missingSecretsOf(
  { kind, spec, identity }: LivePlane,
  wanted: JsonObject,
  readSecret: SecretReader,
): Promise<EditEffect['missingSecrets']> {
  const after = specOfObject(wanted);
  const changed = credentialSlots(kind).filter(
    ({ purpose, path }) => purpose !== 'agent-ca' && !sameJson(valueAt(spec, path), valueAt(after, path)),
  );
  const found = await Promise.all(
    changed.map(async (slot) => {
      const material = storedMaterial(after, slot, identity);
      if (!material || !('secret' in material)) return [];
      const { state } = await readSecret(material.secret);
      if (state === 'read' || state === 'not-visible') return [];
      return [{ ...material.secret, label: slotLabel(slot), keyOnly: state === 'key-missing' }];
    }),
  );
  return found.flat();
}

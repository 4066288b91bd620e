import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { KubeObject } from '@/demo/control-plane/kube-client';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import { MANAGED_BY, MANAGED_BY_LABEL } from '@/lib/plane/model/annotations';
import { kindOfName, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { BareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { PlaneboardServer } from '@/testing/server/planeboard-server';

/** A release's control plane that only the test writes to, and the production server that uses it. */
export interface Installation<Access extends ControlPlaneAccess = ControlPlaneAccess>
  extends BareControlPlane<Access> {
  readonly release: Release;
  readonly server: PlaneboardServer;
}

/** Starts the server for a control plane with the kinds of a release. `stop` stops both. */
export async function startInstallation<Access extends ControlPlaneAccess>(
  { controlPlane, folder, stop }: BareControlPlane<Access>,
  release: Release,
): Promise<Installation<Access>> {
  const server = await PlaneboardServer.start({ kubeconfigPath: controlPlane.kubeconfigPath });
  return {
    release,
    controlPlane,
    folder,
    server,
    stop: async () => {
      await server.kill();
      await stop();
    },
  };
}

/** Returns every plane of every kind as the API server stores it. */
export async function storedPlanes({
  controlPlane,
  release,
}: Pick<Installation, 'controlPlane' | 'release'>): Promise<KubeObject[]> {
  const plurals = crdsOf(release)
    .map(({ spec }) => spec.names)
    .filter(({ kind }) => kindOfName(kind) !== undefined)
    .map(({ plural }) => plural);
  const lists = await Promise.all(
    plurals.map(async (plural) => {
      const { items } = await controlPlane.client.get<{ items: KubeObject[] }>(
        `/apis/${PLANE_API_VERSION}/${plural}`,
      );
      return items.map((item) => ({ ...item, plural }));
    }),
  );
  return lists.flat();
}

/** Returns every Secret that registrations created. */
export async function registrationSecrets({
  controlPlane,
}: Pick<Installation, 'controlPlane'>): Promise<KubeObject[]> {
  const selector = encodeURIComponent(`${MANAGED_BY_LABEL}=${MANAGED_BY}`);
  const { items } = await controlPlane.client.get<{ items: KubeObject[] }>(
    `/api/v1/secrets?labelSelector=${selector}`,
  );
  return items;
}

/** Deletes all planes and all Secrets that registrations created, so the next test starts empty. */
export async function clean(installation: Pick<Installation, 'controlPlane' | 'release'>): Promise<void> {
  const { client } = installation.controlPlane;
  for (const { metadata, plural } of await storedPlanes(installation)) {
    const scope = metadata.namespace === undefined ? '' : `namespaces/${metadata.namespace}/`;
    const path = `/apis/${PLANE_API_VERSION}/${scope}${String(plural)}/${metadata.name}`;
    await client.delete(path);
  }
  for (const { metadata } of await registrationSecrets(installation)) {
    await client.delete(`/api/v1/namespaces/${metadata.namespace ?? ''}/secrets/${metadata.name}`);
  }
}

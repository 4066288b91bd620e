import type { ControlPlane } from '@/demo/control-plane/control-plane';
import type { KubeObject } from '@/demo/control-plane/kube-client';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import { MANAGED_BY, MANAGED_BY_LABEL } from '@/lib/plane/model/annotations';
import { kindOfName, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { PlaneboardServer } from '@/testing/server/planeboard-server';
import { startBareControlPlane } from './bare-control-plane';

/** A release's control plane that nobody writes to but the test, and the production server on it. */
export interface Installation {
  readonly release: Release;
  readonly controlPlane: ControlPlane;
  /** Goes with it. */
  readonly folder: string;
  readonly server: PlaneboardServer;
  stop(): Promise<void>;
}

/** Starts an installation of a release. */
export async function startInstallation(release: Release): Promise<Installation> {
  const bare = await startBareControlPlane(release);
  const { controlPlane, folder } = bare;
  const server = await PlaneboardServer.start({ kubeconfigPath: controlPlane.kubeconfigPath });
  const stop = async () => {
    await server.kill();
    await bare.stop();
  };
  return { release, controlPlane, folder, server, stop };
}

/** Every plane of every kind. */
export async function planesOf({ controlPlane, release }: Installation): Promise<KubeObject[]> {
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

/** Every Secret that a registration has written. */
export async function secretsOf({ controlPlane }: Pick<Installation, 'controlPlane'>): Promise<KubeObject[]> {
  const selector = encodeURIComponent(`${MANAGED_BY_LABEL}=${MANAGED_BY}`);
  const { items } = await controlPlane.client.get<{ items: KubeObject[] }>(
    `/api/v1/secrets?labelSelector=${selector}`,
  );
  return items;
}

/** Takes away what registrations have left, so that the next test finds nothing. */
export async function clean(installation: Installation): Promise<void> {
  const { client } = installation.controlPlane;
  for (const { metadata, plural } of await planesOf(installation)) {
    const scope = metadata.namespace === undefined ? '' : `namespaces/${metadata.namespace}/`;
    const path = `/apis/${PLANE_API_VERSION}/${scope}${String(plural)}/${metadata.name}`;
    await client.delete(path);
  }
  for (const { metadata } of await secretsOf(installation)) {
    await client.delete(`/api/v1/namespaces/${metadata.namespace ?? ''}/secrets/${metadata.name}`);
  }
}

/** Makes a namespace where there is none; an API server that just started has only its own. */
export async function ensureNamespace({ client }: ControlPlane, name: string): Promise<void> {
  if (!(await client.find(`/api/v1/namespaces/${name}`)))
    await client.post('/api/v1/namespaces', { metadata: { name } });
}

import type { ControlPlane } from '@/demo/control-plane/control-plane';
import type { KubeObject } from '@/demo/control-plane/kube-client';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import { MANAGED_BY, MANAGED_BY_LABEL } from '@/lib/plane/model/annotations';
import { kindOfName, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { startBareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { PlaneboardServer } from '@/testing/server/planeboard-server';

/** A release's control plane that only the test writes to, and the production server that uses it. */
export interface Installation {
  readonly release: Release;
  readonly controlPlane: ControlPlane;
  /** A temporary folder, removed by `stop`. */
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

/** Returns every plane of every kind as the API server stores it. */
export async function storedPlanes({ controlPlane, release }: Installation): Promise<KubeObject[]> {
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
export async function clean(installation: Installation): Promise<void> {
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

/** An installation of one release. */
interface OfRelease {
  readonly release: Release;
  stop(): Promise<void>;
}

/**
 * Holds one installation at a time, because each takes half a gigabyte: requesting another release stops the current
 * one. Consecutive tests of one release share an installation, because a start takes seconds.
 */
export class InstallationSlot<T extends OfRelease> {
  private current: T | null = null;

  constructor(private readonly start: (release: Release) => Promise<T>) {}

  async of(release: Release): Promise<T> {
    if (this.current?.release === release) return this.current;
    await this.stop();
    this.current = await this.start(release);
    return this.current;
  }

  async stop(): Promise<void> {
    await this.current?.stop();
    this.current = null;
  }
}

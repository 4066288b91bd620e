import { randomUUID } from 'node:crypto';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { deleteStored, putStored } from '@/demo/control-plane/etcd';
import { inParallel } from '@/demo/control-plane/in-parallel';
import { type KubeClient, KubeError, type KubeObject } from '@/demo/control-plane/kube-client';
import { collectionOf, finalizerOf } from '@/demo/controllers/plane-object';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfName, PLANE_API_VERSION, PLANE_GROUP, type PlaneKindName } from '@/lib/plane/model/kinds';
import { ensureNamespace } from './kube-objects';
import { type PlaneStatus, timeAgo } from './plane-statuses';

const CA_DAYS = 3650;
/** Concurrent writes when planes are created in bulk. */
const BULK_WRITERS = 16;

/** A plane as a test describes it. An omitted property is omitted from the resource too. */
export interface TestPlane {
  readonly kind: PlaneKindName;
  /** Absent for cluster kinds. */
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly planeID?: string;
  /** The spec without planeID and CA; null if the resource has no spec. */
  readonly spec?: Readonly<Record<string, unknown>> | null;
  readonly status?: PlaneStatus;
  /** Whether the plane is deleted right after its creation and waits for its finalizer. */
  readonly deleting?: boolean;
}

/**
 * Writes planes and, in place of the controllers, their statuses, and removes them again. Every test creates its own
 * planes, so no test depends on another.
 */
export class TestPlanes {
  private readonly createdPaths = new Set<string>();
  /** The etcd keys of the planes that were created in bulk. */
  private readonly bulkKeys = new Set<string>();

  private constructor(
    private readonly controlPlane: ControlPlaneAccess,
    /** A CA that is valid for years, so its planes have no certificate findings. */
    private readonly caPem: string,
  ) {}

  static async create(controlPlane: ControlPlaneAccess): Promise<TestPlanes> {
    const authority = await CertificateAuthority.create('agents-ca', { days: CA_DAYS });
    return new TestPlanes(controlPlane, authority.certPem);
  }

  get client(): KubeClient {
    return this.controlPlane.client;
  }

  /** Creates the planes with their statuses, one after another, so their creation times are in order. */
  async add(...planes: readonly TestPlane[]): Promise<void> {
    for (const plane of planes) await this.addOne(plane);
  }

  /** Stores planes with their statuses, thousands a second. None of them may be `deleting`. */
  async addMany(planes: readonly TestPlane[]): Promise<void> {
    for (const namespace of new Set(planes.flatMap((plane) => plane.namespace ?? [])))
      await ensureNamespace(this.client, namespace);
    await inParallel(planes, BULK_WRITERS, async (plane) => {
      const key = storedKeyOf(plane);
      this.bulkKeys.add(key);
      await putStored(this.controlPlane.etcdUrl, key, storedPlane(plane, this.caPem));
    });
  }

  /** Writes the statuses of many planes, in no order. */
  async setStatuses(
    planes: readonly TestPlane[],
    status: (plane: TestPlane, index: number) => PlaneStatus,
  ): Promise<void> {
    await inParallel(planes, BULK_WRITERS, (plane, index) => this.setStatus(plane, status(plane, index)));
  }

  /** Merges a change into a plane's status, as a controller does. */
  async setStatus(plane: TestPlane, status: PlaneStatus): Promise<void> {
    await this.client.patch(`${pathOf(plane)}/status`, { status });
  }

  /** Changes metadata or spec by a merge patch. */
  async patch(plane: TestPlane, change: Record<string, unknown>): Promise<void> {
    await this.client.patch(pathOf(plane), change);
  }

  get(plane: TestPlane): Promise<KubeObject> {
    return this.client.get(pathOf(plane));
  }

  async remove(plane: TestPlane): Promise<void> {
    const path = pathOf(plane);
    this.createdPaths.delete(path);
    await this.erase(path);
  }

  /** Removes all planes that this object created. */
  async removeAll(): Promise<void> {
    const paths = [...this.createdPaths];
    this.createdPaths.clear();
    await Promise.all(paths.map((path) => this.erase(path)));
    const keys = [...this.bulkKeys];
    this.bulkKeys.clear();
    await deleteStored(this.controlPlane.etcdUrl, keys);
  }

  private async addOne(plane: TestPlane): Promise<void> {
    if (plane.namespace !== undefined) await ensureNamespace(this.client, plane.namespace);
    const path = pathOf(plane);
    await this.client.post(collectionOf(plane.kind, plane.namespace), planeResource(plane, this.caPem));
    this.createdPaths.add(path);
    if (plane.status) await this.setStatus(plane, plane.status);
    if (plane.deleting) await this.client.delete(path);
  }

  private async erase(path: string): Promise<void> {
    try {
      await this.client.patch(path, { metadata: { finalizers: null } });
      await this.client.delete(path);
    } catch (error) {
      // The test may have deleted the plane, and then removing the finalizer completes the deletion.
      if (!(error instanceof KubeError && error.status === 404)) throw error;
    }
  }
}

/** The resource of a plane as a test creates it, without its status. */
export function planeResource(plane: TestPlane, caPem: string): PlaneResource {
  return {
    apiVersion: PLANE_API_VERSION,
    kind: plane.kind,
    metadata: {
      name: plane.name,
      ...(plane.namespace === undefined ? {} : { namespace: plane.namespace }),
      ...(plane.labels ? { labels: plane.labels } : {}),
      ...(plane.deleting ? { finalizers: [finalizerOf(plane.kind)] } : {}),
      annotations: {
        ...(plane.displayName === undefined ? {} : { [DISPLAY_NAME_ANNOTATION]: plane.displayName }),
        ...(plane.description === undefined ? {} : { [DESCRIPTION_ANNOTATION]: plane.description }),
        ...plane.annotations,
      },
    },
    ...(plane.spec === null ? {} : { spec: specOf(plane, caPem) }),
  };
}

interface PlaneResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The resource of a plane as the API server stores it, created now. */
function storedPlane(plane: TestPlane, caPem: string): Record<string, unknown> {
  const { metadata, ...resource } = planeResource(plane, caPem);
  return {
    ...resource,
    metadata: { ...metadata, uid: randomUUID(), generation: 1, creationTimestamp: timeAgo(0) },
    ...(plane.status ? { status: withoutNulls(plane.status) } : {}),
  };
}

/** A status is described as a merge patch, in which null removes a field. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const present = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(present.map(([name, field]) => [name, withoutNulls(field)]));
}

function storedKeyOf({ kind, namespace, name }: TestPlane): string {
  return ['/registry', PLANE_GROUP, kindOfName(kind)?.plural, namespace, name].filter(Boolean).join('/');
}

function specOf({ kind, planeID, spec }: TestPlane, caPem: string): Record<string, unknown> {
  return {
    ...(planeID === undefined ? {} : { planeID }),
    clusterAgent: { clientCA: { value: caPem } },
    ...(kind.endsWith('ObservabilityPlane') ? { observerURL: 'https://observer.example.com' } : {}),
    ...spec,
  };
}

function pathOf(plane: TestPlane): string {
  return `${collectionOf(plane.kind, plane.namespace)}/${plane.name}`;
}

import { type KubeClient, KubeError, type KubeObject } from '@/demo/control-plane/kube-client';
import { collectionOf, finalizerOf } from '@/demo/controllers/plane-object';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION, type PlaneKindName } from '@/lib/plane/model/kinds';
import { ensureNamespace } from './kube-objects';
import type { PlaneStatus } from './plane-statuses';

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
  /** The collections in which planes were created in bulk. */
  private readonly createdCollections = new Set<string>();

  private constructor(
    readonly client: KubeClient,
    /** A CA that is valid for years, so its planes have no certificate findings. */
    private readonly caPem: string,
  ) {}

  static async create(client: KubeClient): Promise<TestPlanes> {
    const authority = await CertificateAuthority.create('agents-ca', { days: CA_DAYS });
    return new TestPlanes(client, authority.certPem);
  }

  /** Creates the planes with their statuses, one after another, so their creation times are in order. */
  async add(...planes: readonly TestPlane[]): Promise<void> {
    for (const plane of planes) await this.addOne(plane);
  }

  /**
   * Creates namespaced planes with their statuses, hundreds a second and in no order. None of them may be `deleting`.
   */
  async addMany(planes: readonly TestPlane[]): Promise<void> {
    for (const namespace of new Set(planes.map((plane) => plane.namespace ?? '')))
      await ensureNamespace(this.client, namespace);
    for (const plane of planes) this.createdCollections.add(collectionOf(plane.kind, plane.namespace));
    await inBulk(planes, async (plane) => {
      await this.client.post(collectionOf(plane.kind, plane.namespace), planeResource(plane, this.caPem));
      if (plane.status) await this.setStatus(plane, plane.status);
    });
  }

  /** Writes the statuses of many planes, in no order. */
  async setStatuses(
    planes: readonly TestPlane[],
    status: (plane: TestPlane, index: number) => PlaneStatus,
  ): Promise<void> {
    await inBulk(planes, (plane, index) => this.setStatus(plane, status(plane, index)));
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
    const collections = [...this.createdCollections];
    this.createdCollections.clear();
    for (const collection of collections) await this.client.delete(collection);
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

/** Runs a job for each item with bounded concurrency. */
async function inBulk<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index);
  };
  await Promise.all(Array.from({ length: BULK_WRITERS }, worker));
}

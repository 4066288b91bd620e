import type { KubeClient, KubeObject } from '@/demo/control-plane/kube-client';
import { collectionOf } from '@/demo/controllers/plane-object';
import type { Release } from '@/demo/crds/profiles';
import { type Problem, problemSchema } from '@/lib/api/problem';
import { kindOfPlural, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { AuditLine } from '@/lib/server/log/audit';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { readSecret } from '@/testing/control-plane/kube-objects';
import { auditLinesOf } from './audit-lines';
import { captureLog, startProcessRuntime } from './test-runtime';

type Method = 'PATCH' | 'DELETE' | 'POST';

/** A response of the plane routes. */
export interface RouteAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * The routes that write planes, with a real API server of a release. Records every response and log line, so tests
 * can find leaked secrets.
 */
export class PlaneWrites {
  readonly answers: string[] = [];

  private constructor(
    readonly control: BareControlPlane,
    /** The proxy between the routes and the API server. */
    readonly proxy: FaultProxy,
    readonly runtime: Runtime,
    readonly log: readonly string[],
  ) {}

  static async start(release: Release): Promise<PlaneWrites> {
    const log = captureLog();
    const control = await sharedControlPlane(release);
    const proxy = await FaultProxy.start(control.controlPlane, control.folder);
    const runtime = await startProcessRuntime(proxy.kubeconfigPath);
    await runtime.identity.refresh();
    return new PlaneWrites(control, proxy, runtime, log);
  }

  async stop(): Promise<void> {
    await this.runtime.stop();
    await this.proxy.stop();
    await this.control.stop();
  }

  /** A client of the API server with the administrator's rights. */
  get kube(): KubeClient {
    return this.control.controlPlane.client;
  }

  /** @param plane such as `dataplanes/default/prod` */
  async send(method: Method, plane: string, body: unknown): Promise<RouteAnswer> {
    const routes = await import('@/app/api/planes/[...segments]/route');
    const request = new Request(`http://127.0.0.1/api/planes/${plane}`, {
      method,
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const response = await routes[method](request, {
      params: Promise.resolve({ segments: plane.split('/') }),
    });
    const text = await response.text();
    this.answers.push(text);
    return { status: response.status, text };
  }

  /** Sends a write and returns its response. Throws if the write fails. */
  async done(method: Method, plane: string, body: unknown): Promise<Record<string, unknown>> {
    const { status, text } = await this.send(method, plane, body);
    if (status !== 200) throw new Error(`It was refused: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Returns the answer to a read, such as of `dataplanes/default/prod/replacements`. Throws if it fails. */
  async read(plane: string): Promise<Record<string, unknown>> {
    const routes = await import('@/app/api/planes/[...segments]/route');
    const request = new Request(`http://127.0.0.1/api/planes/${plane}`, { headers: { host: '127.0.0.1' } });
    const response = await routes.GET(request, { params: Promise.resolve({ segments: plane.split('/') }) });
    const text = await response.text();
    this.answers.push(text);
    if (response.status !== 200) throw new Error(`It was refused: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Sends a write and returns the problem it is rejected with. Throws if the write succeeds. */
  async refused(method: Method, plane: string, body: unknown): Promise<Problem> {
    const { status, text } = await this.send(method, plane, body);
    if (status < 400) throw new Error(`It was not refused: ${text}`);
    return problemSchema.parse(JSON.parse(text));
  }

  /** Creates a plane as kubectl would. */
  async create(plane: string, spec: unknown, metadata: Record<string, unknown> = {}): Promise<KubeObject> {
    const { collection, kind, namespace, name } = placeOf(plane);
    return this.kube.post(collection, {
      apiVersion: PLANE_API_VERSION,
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...metadata },
      spec,
    });
  }

  async secret(
    name: string,
    data: Readonly<Record<string, string>>,
    metadata: object = {},
  ): Promise<KubeObject> {
    return this.kube.post('/api/v1/namespaces/default/secrets', {
      metadata: { name, ...metadata },
      stringData: data,
    });
  }

  /** Returns the decoded values of a Secret in `default`, or undefined if it doesn't exist. */
  secretData(name: string): Promise<Record<string, string> | undefined> {
    return readSecret(this.kube, 'default', name);
  }

  /** Returns the plane as the API server stores it. */
  async live(plane: string): Promise<KubeObject> {
    const found = await this.find(plane);
    if (!found) throw new Error(`${plane} doesn't exist.`);
    return found;
  }

  async find(plane: string): Promise<KubeObject | undefined> {
    const { collection, name } = placeOf(plane);
    return this.kube.find(`${collection}/${name}`);
  }

  /** Returns the plane's resourceVersion, which a user has read before a change. */
  async version(plane: string): Promise<string> {
    return (await this.live(plane)).metadata.resourceVersion ?? '';
  }

  /** Returns the audit entries so far, without the other fields of their log lines. */
  audits(): AuditLine[] {
    return this.auditLines().filter(({ stage }) => stage === 'outcome');
  }

  /** Returns all audit lines, intents included. */
  auditLines(): AuditLine[] {
    return auditLinesOf(this.log);
  }

  /** Returns the server's whole output: responses and log. */
  everything(): string {
    return [...this.answers, ...this.log].join('\n');
  }
}

function placeOf(plane: string) {
  const [plural = '', second = '', third] = plane.split('/');
  const kind = kindOfPlural(plural)?.kind;
  if (kind === undefined) throw new Error(`${plural} is no plane kind.`);
  return third === undefined
    ? { kind, collection: collectionOf(kind, undefined), name: second, namespace: undefined }
    : { kind, collection: collectionOf(kind, second), name: third, namespace: second };
}

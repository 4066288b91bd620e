import 'server-only';
import { PLANE_API_VERSION, PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { ServedKind } from '@/lib/plane/schema/installed-kind';
import { openApiSchema, planeSchemas } from '@/lib/plane/schema/openapi';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { paced } from '@/lib/plane/time/pace';
import { servedResources } from '@/lib/server/kube/discovery';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, type KubeError } from '@/lib/server/kube/kube-error';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { Backoff } from '@/lib/server/reflector/backoff';

/** Changes are noticed within a minute. The answers are small, and unchanged schemas aren't sent again. */
const PERIOD_MS = 30_000;
/** Used while a served kind has no schema yet: OpenAPI lags a few seconds behind discovery. */
const INCOMPLETE_PERIOD_MS = 2000;
/** Used while nothing is installed: an installation is probably under way, next to the page that explains it. */
const EMPTY_PERIOD_MS = 5000;

type CatalogClient = Pick<KubeClient, 'request'>;

/** The schemas of all kinds, and the ETag that shows whether they changed. */
interface ReadSchemas {
  readonly etag: string | null;
  readonly byKind: ReadonlyMap<string, SchemaNode>;
}

export interface CatalogState {
  /** Null until discovery has answered once. */
  readonly kinds: readonly ServedKind[] | null;
  /** When discovery last answered, on the API server's clock. */
  readonly readAtMs: number | null;
  /** Why the last attempt to read the schemas failed; null: it succeeded. */
  readonly schemaProblem: KubeError | null;
}

/** Polls which plane kinds the API server serves, with which fields, and reports each reading. Never throws. */
export class CatalogReader {
  private current: CatalogState = { kinds: null, readAtMs: null, schemaProblem: null };
  private schemas: ReadSchemas | null = null;
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading = false;
  private readAgain = false;
  private stopped = false;

  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly nowMs: () => number,
    private readonly onRead: (state: CatalogState) => void,
    private readonly onFailed: (error: KubeError) => void,
  ) {}

  get state(): CatalogState {
    return this.current;
  }

  /** Returns the schema of any served kind of the group, planes or not; undefined until it is read. */
  schemaOf(kind: string): SchemaNode | undefined {
    return this.schemas?.byKind.get(kind);
  }

  /** Reads now. Also called when a list answers 404, which may mean that a kind was removed. */
  readNow(): void {
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    clearTimeout(this.timer);
    if (!this.stopped) void this.read();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    this.reading = true;
    let nextInMs: number;
    try {
      const entries = await readServedKinds(this.client);
      const schemaProblem = entries.length > 0 ? await this.refreshSchemas() : null;
      const byKind = this.schemas?.byKind;
      const kinds = entries.map((entry) => ({ entry, schema: byKind?.get(entry.kind) }));
      this.current = { kinds, readAtMs: this.nowMs(), schemaProblem };
      if (schemaProblem === null) this.backoff.reset();
      nextInMs = schemaProblem === null ? periodFor(kinds) : this.backoff.next(schemaProblem.retryAfterMs);
      if (!this.stopped) this.onRead(this.current);
    } catch (error) {
      nextInMs = this.backoff.next();
      if (!this.stopped) this.onFailed(asKubeError(error));
    }
    this.reading = false;
    if (this.stopped) return;
    this.timer = setTimeout(() => this.readNow(), this.readAgain ? 0 : nextInMs);
    this.readAgain = false;
  }

  /**
   * Reads the schemas, and returns the error if the API server answered without any (403, 404, 500, nothing
   * readable): planes can be shown without schemas, so reading continues.
   *
   * @throws KubeError when there was no answer or the credentials were rejected; then the whole reading is repeated
   */
  private async refreshSchemas(): Promise<KubeError | null> {
    try {
      this.schemas = await readSchemas(this.client, this.schemas);
      return null;
    } catch (error) {
      const failure = asKubeError(error);
      const answered = failure.status !== null || failure.code === 'bad-answer';
      if (!answered || failure.code === 'unauthorized') throw failure;
      return failure;
    }
  }
}

function periodFor(kinds: readonly ServedKind[]): number {
  if (kinds.length === 0) return paced(EMPTY_PERIOD_MS);
  return paced(kinds.every((kind) => kind.schema) ? PERIOD_MS : INCOMPLETE_PERIOD_MS);
}

/**
 * Returns the plane kinds that the API server serves; empty when it proves that it serves none.
 *
 * @throws KubeError when discovery can't be read
 */
async function readServedKinds(client: CatalogClient): Promise<PlaneKindEntry[]> {
  const resources = await servedResources(client, PLANE_API_VERSION);
  const served = new Set(resources.map((resource) => `${resource.name}/${resource.kind}`));
  return PLANE_KINDS.filter((entry) => served.has(`${entry.plural}/${entry.kind}`));
}

/**
 * Returns the kinds' schemas from OpenAPI v3, or the known ones if nothing changed. The document lags some seconds
 * behind discovery, so a kind can be missing.
 *
 * @throws KubeError
 */
async function readSchemas(client: CatalogClient, known: ReadSchemas | null): Promise<ReadSchemas> {
  const tag = known?.etag;
  const answer = await client.request({
    path: `/openapi/v3/apis/${PLANE_API_VERSION}`,
    ...(tag ? { headers: { 'if-none-match': tag } } : {}),
  });
  if (answer.status === 304 && known) return known;
  return { etag: answer.etag, byKind: planeSchemas(parseAnswer(openApiSchema, answer.body)) };
}

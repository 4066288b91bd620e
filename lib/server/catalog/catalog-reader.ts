import 'server-only';
import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, type KubeError } from '@/lib/server/kube/kube-error';
import { Backoff } from '@/lib/server/reflector/backoff';
import { type ReadSchemas, readSchemas, readServedKinds } from './read-catalog';

/** What is installed is noticed within a minute; the answers are small, and unchanged schemas are not sent again. */
const PERIOD_MS = 30_000;
/** While a served kind has no schema yet: OpenAPI lags a few seconds behind discovery. */
const INCOMPLETE_PERIOD_MS = 2000;
/** While nothing is installed somebody is probably about to, and looks at the page that says how. */
const EMPTY_PERIOD_MS = 5000;

/** A served kind; the schema is missing while the API server has not told it. */
export interface ServedKind {
  readonly entry: PlaneKindEntry;
  readonly schema: SchemaNode | undefined;
}

export interface CatalogState {
  /** Null until discovery has answered once. */
  readonly kinds: readonly ServedKind[] | null;
  /** When discovery last answered, on the API server's clock. */
  readonly readAtMs: number | null;
  /** Why the schemas could not be read, or not anew; null: they were. */
  readonly schemaProblem: KubeError | null;
}

/** Reads again and again which plane kinds are served with which fields, and tells each change. Never throws. */
export class CatalogReader {
  private current: CatalogState = { kinds: null, readAtMs: null, schemaProblem: null };
  private schemas: ReadSchemas | null = null;
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading = false;
  private again = false;
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

  /** The schema of any served kind of the group, planes or not; undefined while it has not been told. */
  schemaOf(kind: string): SchemaNode | undefined {
    return this.schemas?.byKind.get(kind);
  }

  /** Reads now; also called when a list answers 404, which says that something was removed. */
  readNow(): void {
    if (this.reading) {
      this.again = true;
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
    this.timer = setTimeout(() => this.readNow(), this.again ? 0 : nextInMs);
    this.again = false;
  }

  /**
   * Without schemas planes can still be shown, as far as they speak for themselves, so an answer without any (403, 404,
   * 500, nothing readable) is returned and the reading goes on. Throws when there was no answer at all: then the whole
   * reading is repeated.
   */
  private async refreshSchemas(): Promise<KubeError | null> {
    try {
      this.schemas = await readSchemas(this.client, this.schemas);
      return null;
    } catch (error) {
      const failure = asKubeError(error);
      const answered =
        failure.status !== null || failure.code === 'internal' || failure.code === 'bad-answer';
      if (!answered || failure.code === 'unauthorized') throw failure;
      return failure;
    }
  }
}

function periodFor(kinds: readonly ServedKind[]): number {
  if (kinds.length === 0) return EMPTY_PERIOD_MS;
  return kinds.every((kind) => kind.schema) ? PERIOD_MS : INCOMPLETE_PERIOD_MS;
}

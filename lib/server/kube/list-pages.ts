import 'server-only';
import { z } from '@/lib/zod';
import type { KubeClient } from './kube-client';
import { KubeError } from './kube-error';

const PAGE_SIZE = 500;
const PAGE_TIMEOUT_MS = 30_000;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullish(),
});

export interface ListPage {
  readonly items: readonly unknown[];
  /** The same for all pages of a list. */
  readonly resourceVersion: string | undefined;
  readonly isLast: boolean;
}

export interface ListOptions {
  /** Selectors as query parameters. */
  readonly query?: Readonly<Record<string, string>>;
  /** Such as an `accept` that requests less than whole objects. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** The limit for each page. */
  readonly timeoutMs?: number;
}

/**
 * Lists a collection page by page, all at one resourceVersion. Callers take what they need from a page and drop it:
 * whole objects are ten times as large as what is stored of them.
 *
 * @throws KubeError, such as `expired` when the listing took longer than the API server remembers
 */
export async function* listPages(
  client: Pick<KubeClient, 'request'>,
  path: string,
  { query: selection, timeoutMs = PAGE_TIMEOUT_MS, ...options }: ListOptions = {},
): AsyncGenerator<ListPage> {
  let token: string | undefined;
  do {
    const query = { ...selection, limit: String(PAGE_SIZE), ...(token ? { continue: token } : {}) };
    const { body } = await client.request({ ...options, path, query, timeoutMs });
    const page = listSchema.safeParse(body).data;
    if (!page) throw new KubeError('bad-answer', 'The API server returned an invalid list.');
    const { resourceVersion, continue: next } = page.metadata;
    token = next || undefined;
    yield { items: page.items ?? [], resourceVersion, isLast: token === undefined };
  } while (token !== undefined);
}

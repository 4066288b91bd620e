import 'server-only';
import { z } from '@/lib/zod';
import type { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { checkListOf, type ListedKind } from './listed-kind';

/** The number of objects of a page. */
export const PAGE_SIZE = 500;
/** Half a million objects. Far more than etcd holds of any kind, and than fit into memory. */
const MAX_PAGES = 1000;
const PAGE_TIMEOUT_MS = 30_000;

const listSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ resourceVersion: z.string().optional(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullish(),
});

export interface ListPage {
  readonly items: readonly unknown[];
  /** The same for all pages of a list. */
  readonly resourceVersion: string | undefined;
  /** The token of the next page; undefined: it is the last one. */
  readonly next: string | undefined;
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
 * @throws KubeError, such as `expired` when the listing took longer than the API server remembers, or `bad-answer` when
 * it never ends, or isn't a list of this kind
 */
export async function* listPages(
  client: Pick<KubeClient, 'request'>,
  path: string,
  listed: ListedKind,
  { query: selection, timeoutMs = PAGE_TIMEOUT_MS, ...options }: ListOptions = {},
): AsyncGenerator<ListPage> {
  let token: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await listPage(client, path, listed, token, {
      ...options,
      query: selection ?? {},
      timeoutMs,
    });
    if (page.next !== undefined && (page.next === token || pages === MAX_PAGES))
      throw new KubeError('bad-answer', 'The API server returned a list that never ends.');
    yield page;
    token = page.next;
    if (token === undefined) return;
  }
}

/**
 * Reads one page of a list.
 *
 * @param token of the page before; undefined: the first page
 * @throws KubeError
 */
export async function listPage(
  client: Pick<KubeClient, 'request'>,
  path: string,
  listed: ListedKind,
  token: string | undefined,
  { query: selection, timeoutMs = PAGE_TIMEOUT_MS, ...options }: ListOptions = {},
): Promise<ListPage> {
  const query = { ...selection, limit: String(PAGE_SIZE), ...(token ? { continue: token } : {}) };
  const { body } = await client.request({ ...options, path, query, timeoutMs });
  const page = listSchema.safeParse(body).data;
  if (!page) throw new KubeError('bad-answer', 'The API server returned an invalid list.');
  const items = page.items ?? [];
  checkListOf({ ...page, items }, listed);
  const { resourceVersion, continue: next } = page.metadata;
  return { items, resourceVersion, next: next || undefined };
}

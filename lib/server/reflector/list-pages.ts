import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { KubeError } from '@/lib/server/kube/kube-error';
import { z } from '@/lib/zod';

const PAGE_SIZE = 500;
const PAGE_TIMEOUT_MS = 30_000;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullish(),
});

/**
 * Lists a collection page by page, all at one resourceVersion, which is returned. Each page is handed on at once and
 * not kept: whole objects are ten times as large as what is stored of them.
 *
 * @param selection selectors as query parameters
 *
 * Throws a KubeError, `expired` among them when the listing took longer than the API server remembers.
 */
export async function listPages(
  client: KubeClient,
  path: string,
  selection: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onPage: (items: readonly unknown[]) => void,
): Promise<string> {
  let token: string | undefined;
  for (;;) {
    const query = { ...selection, limit: String(PAGE_SIZE), ...(token ? { continue: token } : {}) };
    const { body } = await client.request({ path, query, signal, timeoutMs: PAGE_TIMEOUT_MS });
    const page = listSchema.safeParse(body).data;
    if (!page) throw new KubeError('bad-answer', 'The API server sent something that is no list.');
    onPage(page.items ?? []);
    token = page.metadata.continue;
    if (!token) return page.metadata.resourceVersion;
  }
}

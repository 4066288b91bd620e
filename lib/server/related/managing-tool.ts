import 'server-only';
import { applicationUrl } from '@/lib/plane/related/application-url';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 3000;
/** Where Argo CD keeps its settings, its own address among them, unless it was installed elsewhere. */
const ARGOCD_SETTINGS = '/api/v1/namespaces/argocd/configmaps/argocd-cm';

const settingsSchema = z.object({ data: z.object({ url: z.string().optional() }).optional() });

/**
 * Who keeps a plane, with a link where the tool's address stands in the cluster and the caller may read it. Of the tools
 * only Argo CD has pages of its own. Never throws: without the address there is no link.
 *
 * @param raw the resource as the API server serves it, before managed fields are dropped
 */
export async function findManagingTool(
  caller: Caller,
  raw: unknown,
  kind: string,
): Promise<ManagingTool | null> {
  const owner = managingToolOf(raw, kind);
  if (owner?.tool !== 'argocd' || owner.name === undefined) return owner;
  try {
    const { body } = await caller.client.request({ path: ARGOCD_SETTINGS, timeoutMs: READ_TIMEOUT_MS });
    const url = applicationUrl(settingsSchema.parse(body).data?.url, owner.name);
    return url === null ? owner : { ...owner, url };
  } catch {
    // Not installed there, or not to be read by this caller: the name is told all the same.
    return owner;
  }
}

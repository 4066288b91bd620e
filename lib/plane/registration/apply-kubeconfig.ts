import type { Credential, DirectAuth } from '@/lib/plane/credentials/credential';
import { credentialSlots, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import type { ContextAccess } from '@/lib/plane/credentials/kubeconfig-context';
import { valueAt } from '@/lib/plane/json/json-path';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { schemaAt } from '@/lib/plane/schema/schema-node';
import type { Draft } from './draft';
import { withCredential, withSpecValue } from './draft-changes';
import { defaultCredential } from './new-draft';

/** Where releases store the address of the API server that the control plane calls. */
const SERVER_PATHS = [
  ['kubernetesCluster', 'server'],
  ['kubernetesCluster', 'credentials', 'apiServerURL'],
] as const;
const CLUSTER_NAME_PATH = ['kubernetesCluster', 'name'] as const;

/**
 * Returns the draft with direct access as in a kubeconfig's context: the address, the CA, and one way to sign in.
 *
 * @param cluster the context's cluster, for releases that require a name for it
 * @param importedName the name that the last import gave the cluster; one that was typed is kept
 * @returns a sentence instead if the kind can't use this context
 */
export function withAccess(
  draft: Draft,
  kind: InstalledKind,
  access: ContextAccess,
  cluster: string,
  importedName?: string,
): Draft | string {
  const auth = authFor(access, kind);
  if (auth === null) {
    return 'This release signs in with a client certificate, and this context has only a token. Choose a context with a client certificate.';
  }
  const has = (path: readonly string[]) => schemaAt(specSchema(kind), path) !== undefined;
  let changed: Draft = { ...draft, connection: 'direct', auth };
  const servers = SERVER_PATHS.map((path) => valueAt(draft.spec, path)).filter(Boolean);
  const isOtherServer = servers.length > 0 && !servers.includes(access.server);
  for (const path of SERVER_PATHS) if (has(path)) changed = withSpecValue(changed, path, access.server);
  const name = valueAt(draft.spec, CLUSTER_NAME_PATH);
  if (has(CLUSTER_NAME_PATH) && (!name || name === importedName)) {
    changed = withSpecValue(changed, CLUSTER_NAME_PATH, cluster);
  }
  const byMtls = auth === 'mtls';
  const texts: Readonly<Record<string, string | undefined>> = {
    // A CA that was entered for another server doesn't verify this one.
    'server-ca': access.ca ?? (isOtherServer ? '' : undefined),
    'client-certificate': byMtls ? access.clientCertificate : undefined,
    'client-key': byMtls ? access.clientKey : undefined,
    'bearer-token': byMtls ? undefined : access.token,
  };
  for (const slot of credentialSlots(kind)) {
    const text = slot.path[0] === 'kubernetesCluster' ? texts[slot.purpose] : undefined;
    if (text === undefined) continue;
    const before: Credential = changed.credentials[slot.id] ?? defaultCredential(slot, kind, changed);
    const material = before.source === 'existing-secret' ? defaultCredential(slot, kind, changed) : before;
    changed = withCredential(changed, slot.id, { ...material, text });
  }
  return changed;
}

/**
 * Chooses how to sign in, preferring a certificate because its key never travels over the wire. Null if no way fits.
 */
function authFor(access: ContextAccess, kind: InstalledKind): DirectAuth | null {
  const choices = directAuthsOf(kind);
  // A schema without a choice uses the client certificate.
  const takesCertificate = choices.length === 0 || choices.includes('mtls');
  if (takesCertificate && access.clientCertificate !== undefined && access.clientKey !== undefined)
    return 'mtls';
  return choices.includes('bearer-token') && access.token !== undefined ? 'bearer-token' : null;
}

import type { CredentialPurpose } from '@/lib/plane/draft/credential-slot';
import { credentialSlots, directAuthsOf } from '@/lib/plane/draft/credential-slots';
import type { Credential, DirectAuth, Draft } from '@/lib/plane/draft/draft';
import { type InstalledKind, specSchema } from '@/lib/plane/draft/installed-kind';
import { credentialOf } from '@/lib/plane/draft/new-draft';
import { valueAt, withValueAt } from '@/lib/plane/draft/spec-path';
import type { ContextAccess } from '@/lib/plane/kubeconfig/kubeconfig-context';
import { schemaAt } from '@/lib/plane/schema-node';

/** Where releases keep the API server's address of direct access. */
const SERVER_PATHS = [
  ['kubernetesCluster', 'server'],
  ['kubernetesCluster', 'credentials', 'apiServerURL'],
] as const;
/** The oldest release asks for a name of the cluster too. */
const CLUSTER_NAME_PATH = ['kubernetesCluster', 'name'] as const;

/**
 * The draft with direct access as a kubeconfig's context has it: server, CA, and whichever way of signing in the
 * context has and the kind takes. What the context lacks stays as it was.
 *
 * @param clusterName the context's; a proposal where the kind wants one and none was typed
 */
export function withKubeconfigAccess(
  draft: Draft,
  kind: InstalledKind,
  access: ContextAccess,
  clusterName: string,
): Draft | { readonly problem: string } {
  const auth = authOf(kind, access);
  if (auth === null) {
    return {
      problem:
        'This context signs in with a token, and planes of this release need a client certificate with its key. Choose another context.',
    };
  }
  let spec = draft.spec;
  for (const path of SERVER_PATHS) {
    if (schemaAt(specSchema(kind), path)) spec = withValueAt(spec, path, access.server);
  }
  if (schemaAt(specSchema(kind), CLUSTER_NAME_PATH) && !valueAt(spec, CLUSTER_NAME_PATH)) {
    spec = withValueAt(spec, CLUSTER_NAME_PATH, clusterName);
  }
  return { ...draft, connection: 'direct', auth, spec, credentials: filledIn(draft, kind, access) };
}

/** Null: the kind takes no token, and there is nothing else. */
function authOf(kind: InstalledKind, access: ContextAccess): DirectAuth | null {
  if (access.clientCertificate !== undefined && access.clientKey !== undefined) return 'mtls';
  return directAuthsOf(kind).includes('bearer-token') ? 'bearer-token' : null;
}

function filledIn(draft: Draft, kind: InstalledKind, access: ContextAccess): Draft['credentials'] {
  const texts: Partial<Record<CredentialPurpose, string | undefined>> = {
    'server-ca': access.ca,
    'client-certificate': access.clientCertificate,
    'client-key': access.clientKey,
    'bearer-token': access.token,
  };
  const credentials: Record<string, Credential> = { ...draft.credentials };
  for (const slot of credentialSlots(kind)) {
    const text = slot.path[0] === 'kubernetesCluster' ? texts[slot.purpose] : undefined;
    if (text === undefined) continue;
    const credential = credentialOf(draft, slot, kind);
    // What was read cannot go into a Secret that is somebody else's.
    const source = credential.source === 'existing-secret' ? 'new-secret' : credential.source;
    credentials[slot.id] = { ...credential, source, text };
  }
  return credentials;
}

import 'server-only';
import type { CaAccess } from '@/lib/api/ca-access';
import { caRoleYaml } from '@/lib/plane/credentials/ca-role';
import type { SecretName } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Returns which Secrets hold the CAs of the planes that the caller sees, and the Roles with which Planeboard's own
 * account can read exactly these. Reads no Secret.
 *
 * @throws KubeError when the caller's rights can't be read
 */
export async function caAccess(caller: Caller): Promise<CaAccess> {
  const { engine, certificates, identity } = getRuntime();
  const [view, { user: account }] = await Promise.all([viewOf(caller), identity.awaitCurrent()]);
  const secrets = new Map<string, SecretName>();
  let planes = 0;
  let unchecked = 0;
  for (const plane of engine.planes()) {
    const ca = view.sees(plane) ? certificates.caSecretOf(plane.uid) : null;
    if (!ca) continue;
    const { namespace, name } = ca.secret;
    secrets.set(`${namespace}/${name}`, { namespace, name });
    planes += 1;
    if (ca.isForbidden) unchecked += 1;
  }
  const sorted = [...secrets].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, secret]) => secret);
  return {
    account,
    planes,
    unchecked,
    secrets: sorted,
    manifest: account === null ? '' : caRoleYaml(sorted, account),
  };
}

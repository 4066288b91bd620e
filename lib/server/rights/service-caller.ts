import 'server-only';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';

/**
 * Returns Planeboard's own account, with which the fleet store is read. It is a caller only where no one signs in, and
 * never stands in for a person: no other folder may import this, and a test checks who uses the account's client.
 */
export async function serviceCaller(): Promise<Caller> {
  const { client, identity } = getRuntime();
  const { user, groups } = await identity.awaitCurrent();
  return { id: `kubeconfig:${user ?? ''}`, user, groups, client, isOwnAccount: true };
}

import type { Metadata } from 'next';
import { pageCaller } from '@/app/(console)/page-data';
import { CaAccessScreen } from '@/components/ca-access/ca-access-screen';
import { caAccess } from '@/lib/server/credentials/ca-access';

export const metadata: Metadata = { title: 'Access to CA Secrets' };

/** Which Secrets Planeboard's account needs to read, with the Roles to grant that. */
export default async function CaAccessPage() {
  return <CaAccessScreen access={await caAccess(await pageCaller())} />;
}

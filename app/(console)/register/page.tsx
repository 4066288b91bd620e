import type { Metadata } from 'next';
import { pageCaller } from '@/app/(console)/page-data';
import { RegisterScreen } from '@/components/registration/register-screen';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';

export const metadata: Metadata = { title: 'Register a plane' };

/** The registration wizard. The page carries the installed kinds, so the first step has choices at once. */
export default async function RegisterPage() {
  const caller = await pageCaller();
  return (
    <RegisterScreen
      initialCatalog={await getCatalog(caller)}
      user={caller.user}
      readOnly={getConfig().readOnly}
    />
  );
}

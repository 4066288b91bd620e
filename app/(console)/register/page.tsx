import type { Metadata } from 'next';
import { pageCaller } from '@/app/(console)/page-data';
import { RegisterScreen } from '@/components/registration/register-screen';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';

export const metadata: Metadata = { title: 'Register a plane' };

/** The wizard. The installed kinds come with the page, so that it begins with something to choose. */
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

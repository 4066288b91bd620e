import type { Metadata } from 'next';
import { pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import { CertificatesScreen } from '@/components/certificates/certificates-screen';
import { QueryProvider } from '@/lib/client/api/query-provider';
import { certificateList } from '@/lib/server/credentials/certificate-list';

export const metadata: Metadata = { title: 'Certificates' };

/** The certificates that planes depend on, by what to do about them next. */
export default async function CertificatesPage() {
  const [{ planes }, listed] = await Promise.all([pageSnapshot(), pageCaller().then(certificateList)]);
  return (
    <QueryProvider>
      <CertificatesScreen initial={planes} initialList={listed} />
    </QueryProvider>
  );
}

import type { Metadata } from 'next';
import { pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import { CertificatesScreen } from '@/components/certificates/certificates-screen';
import { QueryProvider } from '@/lib/client/api/query-provider';
import { certificateList } from '@/lib/server/credentials/certificate-list';

export const metadata: Metadata = { title: 'Certificates' };

/** Of more planes, the page would carry megabytes that the feed brings anyway. */
const MAX_RENDERED = 200;

/** The certificates that planes depend on, by what to do about them next. */
export default async function CertificatesPage() {
  const { planes } = await pageSnapshot();
  const isSmall = planes.length <= MAX_RENDERED;
  const listed = isSmall ? await pageCaller().then(certificateList) : null;
  return (
    <QueryProvider>
      <CertificatesScreen initial={isSmall ? planes : null} initialList={listed} />
    </QueryProvider>
  );
}

import type { Metadata } from 'next';
import { pageCaller } from '@/app/(console)/page-data';
import { ApiReferenceScreen } from '@/components/api-reference/api-reference-screen';
import { apiReference } from '@/lib/server/api-reference/api-reference';

export const metadata: Metadata = { title: 'API reference' };

/** The API for programs, from the same source as `/api/openapi.json`. */
export default async function ApiReferencePage() {
  await pageCaller();
  return <ApiReferenceScreen reference={apiReference()} />;
}

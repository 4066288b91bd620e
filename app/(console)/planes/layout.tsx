import type { ReactNode } from 'react';
import { QueryProvider } from '@/lib/client/api/query-provider';

/** Pages about one plane fetch more than the feed brings. */
export default function PlanesLayout({ children }: { readonly children: ReactNode }) {
  return <QueryProvider>{children}</QueryProvider>;
}

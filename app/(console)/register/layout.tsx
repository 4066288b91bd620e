import type { ReactNode } from 'react';
import { QueryProvider } from '@/lib/client/api/query-provider';

/** The wizard and the agent setup fetch more than the feed brings. */
export default function RegisterLayout({ children }: { readonly children: ReactNode }) {
  return <QueryProvider>{children}</QueryProvider>;
}

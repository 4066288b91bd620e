import type { ReactNode } from 'react';

/** The wall's shell is the bare screen: no navigation, and nothing that writes. */
export default function WallLayout({ children }: { readonly children: ReactNode }) {
  return <div className="fixed inset-0 overflow-hidden">{children}</div>;
}

'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { fleetViewSearch } from '@/lib/client/fleet-url';
import { CERTIFICATES_VIEW } from '@/lib/plane/fleet-view';

type PageId = 'fleet' | 'certificates' | 'register';

const PAGES: readonly { readonly id: PageId; readonly href: `/${string}`; readonly words: string }[] = [
  { id: 'fleet', href: '/', words: 'Fleet' },
  { id: 'certificates', href: `/${fleetViewSearch(CERTIFICATES_VIEW)}`, words: 'Certificates' },
  { id: 'register', href: '/register', words: 'Register' },
];

/** Where the page belongs. The certificates are the fleet's list, by when they end. */
function pageOf(path: string, params: URLSearchParams): PageId | null {
  if (path === '/') return params.get('sort') === CERTIFICATES_VIEW.sort.by ? 'certificates' : 'fleet';
  if (path.startsWith('/planes')) return 'fleet';
  return path.startsWith('/register') ? 'register' : null;
}

/** The console's pages. */
export function MainNavigation() {
  const path = usePathname();
  const page = pageOf(path, useSearchParams());
  return (
    <nav aria-label="Main" className="ml-3 flex gap-0.5 max-sm:hidden">
      {PAGES.map(({ id, href, words }) => (
        <Link
          key={id}
          href={href as '/'}
          // The wizard's script is not for everybody who looks at the fleet.
          prefetch={id === 'fleet' ? null : false}
          aria-current={page === id && (path === '/' || path === '/register') ? 'page' : undefined}
          className={clsx(
            'flex h-8 items-center rounded-md px-2.5 font-medium hover:bg-hover',
            page === id ? 'text-ink' : 'text-muted',
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}

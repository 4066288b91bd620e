'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const PAGES = [
  { href: '/', words: 'Fleet', covers: (path: string) => path === '/' || path.startsWith('/planes') },
  { href: '/register', words: 'Register', covers: (path: string) => path.startsWith('/register') },
] as const;

/** The console's pages. */
export function MainNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="ml-3 flex gap-0.5 max-sm:hidden">
      {PAGES.map(({ href, words, covers }) => (
        <Link
          key={href}
          href={href}
          // The wizard's script is not for everybody who looks at the fleet.
          prefetch={href === '/' ? null : false}
          aria-current={path === href ? 'page' : undefined}
          className={clsx(
            'flex h-8 items-center rounded-md px-2.5 font-medium hover:bg-hover',
            covers(path) ? 'text-ink' : 'text-muted',
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}

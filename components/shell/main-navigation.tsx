'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { MAIN_PAGES } from './console-pages';

type PageId = (typeof MAIN_PAGES)[number]['id'];

/**
 * The paths that the links lead to. Pages below `/planes` and `/register` belong to a link but aren't its own page.
 */
const OWN_PATHS: ReadonlySet<string> = new Set(['/', '/certificates', '/register', '/wall-setup']);

/** Returns the page that a path belongs to. */
function pageOf(path: string): PageId | null {
  if (path === '/' || path.startsWith('/planes')) return 'fleet';
  if (path === '/certificates' || path === '/ca-moves' || path === '/ca-access') return 'certificates';
  if (path.startsWith('/register')) return 'register';
  return path === '/wall-setup' ? 'wall' : null;
}

/** The links to the console's pages. */
export function MainNavigation() {
  const path = usePathname();
  const page = pageOf(path);
  return (
    <nav
      aria-label="Main"
      className="flex gap-0.5 max-sm:order-last max-sm:-mx-2.5 max-sm:w-full max-sm:pb-1 sm:ml-3"
    >
      {MAIN_PAGES.map(({ id, href, label }) => (
        <Link
          key={id}
          href={href as '/'}
          // Most people who view the fleet need neither the wizard's scripts nor the wall's.
          prefetch={id === 'fleet' ? null : false}
          aria-current={page === id && OWN_PATHS.has(path) ? 'page' : undefined}
          className={clsx(
            'flex h-8 items-center rounded-md px-2.5 font-medium hover:bg-hover',
            page === id ? 'text-ink' : 'text-muted',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

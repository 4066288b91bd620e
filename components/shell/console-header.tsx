import Link from 'next/link';
import { LiveIndicator } from './live-indicator';
import { MainNavigation } from './main-navigation';
import { ProductMark } from './product-mark';
import type { Theme } from './theme';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

/** The head of every console page: the installation, the user, and the age of the data. */
export function ConsoleHeader({
  installation,
  user,
  groups,
  canSignOut,
  signOutUrl,
  theme,
}: {
  readonly installation: string;
  /** Null until the API server has reported the user. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly canSignOut: boolean;
  /** Where a proxy that signs people in signs them out; null: there is none, or it isn't known. */
  readonly signOutUrl: string | null;
  readonly theme: Theme;
}) {
  const hasWayOut = canSignOut || signOutUrl !== null;
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-line border-b bg-surface px-3 max-sm:h-auto max-sm:min-h-12 max-sm:flex-wrap max-sm:pt-2 sm:px-4">
      <Link href="/" className="flex items-center gap-2 rounded-md font-semibold tracking-tight">
        <ProductMark />
        <span className="max-md:sr-only">Planeboard</span>
      </Link>
      <span aria-hidden="true" className="px-1 text-line-strong text-lg">
        /
      </span>
      <span className="min-w-0 max-w-72 truncate font-medium" title={`Installation ${installation}`}>
        {installation}
      </span>
      <MainNavigation />
      <div className="ml-auto flex min-w-0 items-center gap-1 max-md:shrink-0 sm:gap-2">
        <LiveIndicator />
        {/* The narrowest screens have room for one of the two. A person must be able to sign out, so the account menu has the themes there. */}
        <div className={hasWayOut ? 'flex min-w-0' : 'flex min-w-0 max-md:hidden'}>
          <UserMenu
            user={user}
            groups={groups}
            canSignOut={canSignOut}
            signOutUrl={signOutUrl}
            theme={theme}
          />
        </div>
        <div className={hasWayOut ? 'max-sm:hidden' : ''}>
          <ThemeMenu initial={theme} />
        </div>
      </div>
    </header>
  );
}

'use client';

import { CircleUser } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { Menu, MenuGroup, MenuItem } from '@/components/ui/menu';
import { useMedia } from '@/components/ui/use-media';
import { leaveThroughProxy } from '@/lib/client/session/keep-proxy-session';
import { leave } from '@/lib/client/session/keep-session';
import { tellTabs } from '@/lib/client/session/session-channel';
import { endSessionAtServer, SessionError } from '@/lib/client/session/session-requests';
import type { Theme } from './theme';
import { ThemeItems } from './theme-items';
import { useTheme } from './use-theme';

const RightsDialog = lazy(async () => ({ default: (await import('./rights-dialog')).RightsDialog }));

/** More groups would push the menu's items off a small screen; the dialog lists all. */
const SHOWN_GROUPS = 5;

/** Where the header has no room for the theme menu beside this one. */
const NO_THEME_MENU = '(max-width: 639px)';

/** The menu of the person: who it is, what they may do, and the way out. */
export function UserMenu({
  user,
  groups,
  canSignOut,
  signOutUrl,
  theme: initialTheme,
}: {
  /** Null until the API server has reported the user. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly canSignOut: boolean;
  /** Where a proxy that signs people in signs them out; null: there is none, or it isn't known. */
  readonly signOutUrl: string | null;
  /** As the server rendered it. On narrow screens, this menu also has the themes. */
  readonly theme: Theme;
}) {
  const router = useRouter();
  const [showsRights, setShowsRights] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [theme, setTheme] = useTheme(initialTheme);
  const hasThemes = useMedia(NO_THEME_MENU);
  const name = user ?? 'Unknown user';
  const signOut = async () => {
    try {
      const next = await endSessionAtServer();
      tellTabs({ type: 'signed-out' });
      leave(next);
    } catch (error) {
      setProblem(error instanceof SessionError ? error.message : 'Signing out failed.');
    }
  };
  return (
    <>
      <Menu
        label="Account"
        button={{
          title: `Acting as ${name}`,
          'aria-label': `Account: ${name}`,
          className: 'min-w-0 shrink px-2!',
          children: (
            <>
              <CircleUser size={15} aria-hidden="true" className="shrink-0" />
              <span className="max-w-40 truncate font-normal text-xs max-md:hidden">{shortName(name)}</span>
            </>
          ),
        }}
      >
        <MenuGroup title={`Acting as ${name}`}>
          {groups.length === 0 ? null : (
            <ul className="px-2 pb-1.5 text-muted text-xs" aria-label="Groups">
              {groups.slice(0, SHOWN_GROUPS).map((group) => (
                <li key={group} className="truncate" title={group}>
                  {group}
                </li>
              ))}
              {groups.length > SHOWN_GROUPS ? <li>and {groups.length - SHOWN_GROUPS} more groups</li> : null}
            </ul>
          )}
        </MenuGroup>
        {hasThemes ? null : <div className="my-1 border-line border-t" />}
        {hasThemes ? (
          <MenuGroup title="Theme">
            <ThemeItems theme={theme} onChoose={setTheme} />
            <div className="my-1 border-line border-t" />
          </MenuGroup>
        ) : null}
        <MenuItem onSelect={() => setShowsRights(true)}>What may I do?</MenuItem>
        <MenuItem onSelect={() => router.push('/api-reference')}>API reference</MenuItem>
        {canSignOut ? <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem> : null}
        {signOutUrl === null ? null : (
          <MenuItem
            onSelect={() => {
              tellTabs({ type: 'signed-out' });
              leaveThroughProxy(signOutUrl);
            }}
          >
            Sign out
          </MenuItem>
        )}
      </Menu>
      {problem === undefined ? null : (
        <span role="alert" className="text-disconnected text-xs">
          You are still signed in. {problem}
        </span>
      )}
      {showsRights ? (
        <Suspense>
          <RightsDialog user={name} groups={groups} onClose={() => setShowsRights(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** A service account's long prefix would push its name out of sight. */
function shortName(user: string): string {
  return user.replace(/^system:serviceaccount:([^:]+):/, '$1/');
}

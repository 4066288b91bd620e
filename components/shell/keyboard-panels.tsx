'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useState } from 'react';
import { MAIN_PAGES } from './console-pages';
import { type KeyboardPanel, keyboardPanel, showKeyboardPanel, useKeyboardPanel } from './keyboard-state';
import { isForPage } from './page-keys';

/** Both are loaded when they are opened. */
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog').then((module) => ({ default: module.ShortcutsDialog })),
);
const CommandPalette = lazy(() =>
  import('./command-palette').then((module) => ({ default: module.CommandPalette })),
);

/** How long after `g` the second key may follow. */
const SECOND_KEY_MS = 1500;
const NONE_OPENED: ReadonlySet<KeyboardPanel> = new Set();

/** Handles the shortcuts that work on every page, and shows what they open. */
export function KeyboardPanels() {
  const panel = useKeyboardPanel();
  const router = useRouter();
  useEffect(() => {
    let wentAtMs = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        showKeyboardPanel('palette');
        return;
      }
      // A panel that is still loading has no dialog yet that the key would close.
      if (key === 'escape' && keyboardPanel() !== null) showKeyboardPanel(null);
      if (!isForPage(event)) return;
      const page = MAIN_PAGES.find((one) => one.key === key);
      if (page && performance.now() - wentAtMs < SECOND_KEY_MS) {
        event.preventDefault();
        router.push(page.href as '/');
      } else if (event.key === '?') {
        event.preventDefault();
        showKeyboardPanel('shortcuts');
      }
      wentAtMs = key === 'g' ? performance.now() : Number.NEGATIVE_INFINITY;
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router]);
  // Once opened, a panel stays, so that its dialog can give the focus back when it closes.
  const [opened, setOpened] = useState<ReadonlySet<KeyboardPanel>>(NONE_OPENED);
  if (panel !== null && !opened.has(panel)) setOpened(new Set([...opened, panel]));
  const close = () => showKeyboardPanel(null);
  return (
    <Suspense>
      {opened.has('shortcuts') ? <ShortcutsDialog open={panel === 'shortcuts'} onClose={close} /> : null}
      {opened.has('palette') ? <CommandPalette open={panel === 'palette'} onClose={close} /> : null}
    </Suspense>
  );
}

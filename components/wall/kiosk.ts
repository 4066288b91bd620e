'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { paced } from '@/lib/plane/time/pace';
import type { Screen } from '@/lib/plane/wall/letter-sizes';

/**
 * Keeps the screen on while the page is visible, if the browser can and the origin is secure. The browser releases
 * the lock whenever the page is hidden, so it's requested again. Returns a function that stops this.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let stopped = false;
  const request = async () => {
    if (stopped || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (stopped) await lock.release();
    } catch {
      // Rejected, for example on low battery. It's requested again when the page becomes visible.
    }
  };
  const onVisibility = () => void request();
  document.addEventListener('visibilitychange', onVisibility);
  void request();
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', onVisibility);
    void lock?.release().catch(() => undefined);
  };
}

const POINTER_HIDDEN_MS = 3000;
/** Set on the document's root while the pointer doesn't move. */
const POINTER_IDLE_ATTRIBUTE = 'data-pointer-idle';

/**
 * Reacts to a person at the screen: shows the pointer while it moves, calls back on any click or key, and toggles
 * full screen with the key `f`. Returns a function that stops this.
 */
export function watchPerson(onActivity: () => void): () => void {
  const root = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onMove = () => {
    root.removeAttribute(POINTER_IDLE_ATTRIBUTE);
    clearTimeout(timer);
    timer = setTimeout(() => root.setAttribute(POINTER_IDLE_ATTRIBUTE, ''), paced(POINTER_HIDDEN_MS));
  };
  const onKey = (event: KeyboardEvent) => {
    onActivity();
    if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    // The browser may reject this; the wall is just as readable without it.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    else void root.requestFullscreen().catch(() => undefined);
  };
  onMove();
  window.addEventListener('pointermove', onMove, { passive: true });
  window.addEventListener('pointerdown', onActivity, { passive: true });
  window.addEventListener('keydown', onKey);
  return () => {
    clearTimeout(timer);
    root.removeAttribute(POINTER_IDLE_ATTRIBUTE);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerdown', onActivity);
    window.removeEventListener('keydown', onKey);
  };
}

/** Returns the window's size in pixels; null on the server and during hydration. */
export function useScreen(): Screen | null {
  const text = useSyncExternalStore(
    subscribeResize,
    () => `${window.innerWidth}x${window.innerHeight}`,
    () => '',
  );
  return useMemo(() => {
    const [width, height] = text.split('x').map(Number);
    return width && height ? { width, height } : null;
  }, [text]);
}

function subscribeResize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/**
 * Keeps the screen from going dark while the page is seen, where the browser can and the origin is secure. The browser
 * takes the lock away whenever the page is hidden, so it is asked for again. Returns a function that ends it.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let ended = false;
  const hold = async () => {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (ended) await lock.release();
    } catch {
      // Refused, for an empty battery say: asked for again when the page is seen next.
    }
  };
  const onVisibility = () => void hold();
  document.addEventListener('visibilitychange', onVisibility);
  void hold();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', onVisibility);
    void lock?.release().catch(() => undefined);
  };
}

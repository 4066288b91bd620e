const POINTER_HIDDEN_MS = 3000;
/** Set on the wall's element while nobody moves the pointer. */
export const POINTER_IDLE_ATTRIBUTE = 'data-pointer-idle';

/**
 * Somebody at the screen: shows the pointer while it moves, takes any touch for having seen what is there, and fills
 * the screen, or gives it back, with the key `f`. Returns a function that ends it.
 */
export function watchVisitor(element: HTMLElement, onSeen: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => element.setAttribute(POINTER_IDLE_ATTRIBUTE, '');
  const onMove = () => {
    element.removeAttribute(POINTER_IDLE_ATTRIBUTE);
    clearTimeout(timer);
    timer = setTimeout(hide, POINTER_HIDDEN_MS);
  };
  const onKey = (event: KeyboardEvent) => {
    onSeen();
    if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    // Refused where the browser forbids it; the wall is as readable without.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  };
  onMove();
  window.addEventListener('pointermove', onMove, { passive: true });
  window.addEventListener('pointerdown', onSeen, { passive: true });
  window.addEventListener('keydown', onKey);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerdown', onSeen);
    window.removeEventListener('keydown', onKey);
  };
}

let isPressed = false;
let waiting: (() => void)[] = [];

function release(): void {
  isPressed = false;
  const calls = waiting;
  waiting = [];
  // The click follows the release within the same task; what moves the page comes after it.
  setTimeout(() => {
    for (const call of calls) call();
  });
}

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (isPressed = true), true);
  document.addEventListener('pointerup', release, true);
  document.addEventListener('pointercancel', release, true);
}

/**
 * Does something at once, or, while a pointer is pressed, when it has been released. Leaving a field by pressing a button
 * must not make a sentence appear above that button: it would move away under the pointer, and the click be lost.
 */
export function afterPointer(call: () => void): void {
  if (isPressed) waiting.push(call);
  else call();
}

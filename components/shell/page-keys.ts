/** Whether the target handles keys itself, as fields, editors, menus and dialogs do. */
function hasOwnKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, dialog, [contenteditable="true"], [role="menu"], [role="dialog"]',
    ) !== null
  );
}

/** Returns whether a key press is for the page's own shortcuts, and not for the element that has the focus. */
export function isForPage(event: KeyboardEvent): boolean {
  return !(
    event.defaultPrevented ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    hasOwnKeys(event.target) ||
    closesPopover(event)
  );
}

/** Whether the browser closes a menu with this key. The focus moves into the menu only with the next frame. */
function closesPopover({ key }: KeyboardEvent): boolean {
  return key === 'Escape' && document.querySelector(':popover-open') !== null;
}

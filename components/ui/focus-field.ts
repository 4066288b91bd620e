const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, [tabindex]';

/**
 * Brings the keyboard to a field of the page, found by the name that its `Field` carries, or to the nearest field around
 * it: `spec.list.2.name` is found in `spec.list`. What hides it is opened.
 *
 * @returns whether there is such a field
 */
export function focusField(name: string): boolean {
  for (let rest = name; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(rest)}"]`);
    if (field && focusWithin(field)) return true;
  }
  return false;
}

/** Brings the keyboard to the first control that is marked as wrong, in the order of the page. */
export function focusFirstInvalid(within: HTMLElement): boolean {
  const invalid = within.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]');
  return invalid !== null && focusWithin(invalid);
}

function focusWithin(element: HTMLElement): boolean {
  const control = element.matches(CONTROLS)
    ? element
    : (element.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      element.querySelector<HTMLElement>('input:checked') ??
      element.querySelector<HTMLElement>(CONTROLS));
  if (!control) return false;
  for (let box = control.closest('details'); box; box = box.parentElement?.closest('details') ?? null) {
    box.open = true;
  }
  control.focus();
  control.scrollIntoView({ block: 'center' });
  return document.activeElement === control;
}

const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, [tabindex]';

/**
 * Focuses a field by the name that its `Field` carries, or the nearest field around it: `spec.list.2.name` can be
 * found in `spec.list`. Opens any `<details>` that hide it.
 *
 * @returns whether a field was found
 */
export function focusField(name: string): boolean {
  for (let rest = name; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(rest)}"]`);
    if (field && focusWithin(field)) return true;
  }
  return false;
}

/** Focuses the first invalid control, in page order. */
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

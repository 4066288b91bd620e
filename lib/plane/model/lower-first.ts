/** A label within a sentence: its first letter small, unless it is an abbreviation such as HTTP or CA. */
export function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

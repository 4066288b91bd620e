/** Several items as one part of a sentence: `a`, `a and b`, `a, b and c`. */
export function joinList(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** The first few of a list, and how many more there are: `a and b`, `a, b, c and 4 more`. */
export function joinSome(items: readonly string[], max = 3): string {
  return items.length <= max
    ? joinList(items)
    : `${items.slice(0, max).join(', ')} and ${items.length - max} more`;
}

/** A message of another program as a sentence among others: with a full stop at its end. */
export function asSentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** A text with its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label within a sentence: its first letter in lower case, unless it is an abbreviation such as HTTP or CA. */
export function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** An object within a sentence: `the Secret agent-ca in the namespace acme`. */
export function describeObject(
  kindLabel: string,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
): string {
  return `the ${kindLabel} ${name}${namespace === undefined ? '' : ` in the namespace ${namespace}`}`;
}

const countFormat = new Intl.NumberFormat('en');

/** A count as people read it: `10,000`. One locale, so that server and browser write the same. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** `1 plane`, `27 planes`. */
export function planeCountText(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'plane' : 'planes'}`;
}

/**
 * Marks that turn the direction of whatever follows them (embeddings, overrides, isolates): with them one name can be
 * made to read like another. Letters that are written from right to left need none of these.
 */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/gu;
/** C0, C1 and DEL, but for tabs and line ends. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;
/** Whatever leaves no trace on a screen: blanks of all kinds, joiners, marks, variation selectors, fillers. */
const INVISIBLE = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * A text that somebody wrote into a resource, as it may be shown beside others: without controls and without marks that
 * turn the direction of text. Undefined when nothing of it could be seen. What is left is as it was, blanks included.
 */
export function visibleText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const shown = text.replace(DIRECTION, '').replace(CONTROLS, '');
  return shown.replace(INVISIBLE, '') === '' ? undefined : shown;
}

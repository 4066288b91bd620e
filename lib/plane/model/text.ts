/** Joins items into one part of a sentence: `a`, `a and b`, `a, b and c`. */
export function joinList(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** Joins the first few items and counts the rest: `a and b`, `a, b, c and 4 more`. */
export function joinSome(items: readonly string[], max = 3): string {
  return items.length <= max
    ? joinList(items)
    : `${items.slice(0, max).join(', ')} and ${items.length - max} more`;
}

/** Ends another program's message with a full stop, to fit among sentences. */
export function asSentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Returns a text with its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Returns a label for use within a sentence: its first letter in lower case, except for abbreviations such as HTTP or
 * CA.
 */
export function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** Names an object within a sentence: `the Secret agent-ca in the namespace acme`. */
export function describeObject(
  kindLabel: string,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
): string {
  return `the ${kindLabel} ${name}${namespace === undefined ? '' : ` in the namespace ${namespace}`}`;
}

const countFormat = new Intl.NumberFormat('en');

/** Formats a count as people read it: `10,000`. Uses one locale, so server and browser write the same. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** `1 plane`, `27 planes`. */
export function planeCountText(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'plane' : 'planes'}`;
}

/**
 * Marks that reverse the direction of the text after them (embeddings, overrides, isolates) and can make one name
 * read like another. Right-to-left letters need none of these.
 */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/gu;
/** C0, C1 and DEL, except tabs and line ends. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;
/** Everything invisible on a screen: blanks of all kinds, joiners, marks, variation selectors, fillers. */
const INVISIBLE = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Prepares a text from a resource for display beside others: removes controls and marks that reverse the direction of
 * text. Keeps everything else, blanks included. Returns undefined if nothing visible is left.
 */
export function visibleText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const shown = text.replace(DIRECTION, '').replace(CONTROLS, '');
  return shown.replace(INVISIBLE, '') === '' ? undefined : shown;
}

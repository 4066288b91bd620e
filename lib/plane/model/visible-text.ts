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

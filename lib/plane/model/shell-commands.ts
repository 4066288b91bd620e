/** A leading = would be replaced by zsh. */
const PLAIN = /^[A-Za-z0-9_./:@%+-][A-Za-z0-9_./:@%+=-]*$/;
/** Characters that a terminal acts on or that hide themselves: control characters, and those that turn the direction of text. */
const UNSEEN = /\p{C}/u;

/**
 * A value as one word of a POSIX shell: bare where nothing in it could mean something to the shell, else in single
 * quotes. What cannot be seen is written as its UTF-8 bytes in the `$'...'` form of bash and zsh, so that a pasted
 * command holds no surprise.
 */
export function shellQuote(text: string): string {
  if (UNSEEN.test(text)) return `$'${[...text].map(ansiC).join('')}'`;
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function ansiC(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!UNSEEN.test(character)) return character;
  const bytes = new TextEncoder().encode(character);
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A value as it stands after the `=` of Helm's `--set`, where commas, braces and backslashes have a meaning. */
export function helmValue(text: string): string {
  return text.replace(/[\\,{}]/g, '\\$&');
}
